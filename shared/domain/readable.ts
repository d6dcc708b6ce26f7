import type { z } from 'zod';

/**
 * The values that are as the schema says; others are left out. For stored rows: one that another version
 * wrote, or that a hand has spoilt, must not take all the others with it.
 */
export const readableOf = <T>(schema: z.ZodType<T>, values: readonly unknown[]): T[] =>
  values.flatMap((value) => {
    const read = schema.safeParse(value);
    return read.success ? [read.data] : [];
  });

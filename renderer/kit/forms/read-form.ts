import type { FormErrors } from '@mantine/form';
import type { z } from 'zod';

/** A form's values read by the API's own rules, or the names of the fields that break them. */
export interface FormReading<T> {
  readonly value: T | null;
  readonly wrong: readonly string[];
}

/** Reads the input of a form; `fieldOf` names the field that stands for a place in the API's body. */
export function readForm<T>(
  schema: z.ZodType<T>,
  input: object,
  fieldOf: (path: readonly PropertyKey[]) => PropertyKey | undefined,
): FormReading<T> {
  const read = schema.safeParse(input);
  if (read.success) return { value: read.data, wrong: [] };
  return { value: null, wrong: read.error.issues.map(({ path }) => String(fieldOf(path))) };
}

/** Marks the wrong fields of a form; their sentences are chosen where they are drawn. */
export const formErrors = ({ wrong }: FormReading<unknown>): FormErrors =>
  Object.fromEntries(wrong.map((field) => [field, true]));

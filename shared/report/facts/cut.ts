import { z } from 'zod';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import type { Facts } from './facts.ts';

/** By what messages can be counted. */
export const DIMENSIONS = [
  'group',
  'topic',
  'municipality',
  'agency',
  'network',
  'step',
  'outcome',
  'type',
  'month',
  'day',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The messages received that have these values; '' is none. */
export type Cut = Readonly<Partial<Record<Dimension, string>>>;

const cutSchema = z.strictObject(
  Object.fromEntries(DIMENSIONS.map((name) => [name, z.string().optional()])) as Record<
    Dimension,
    z.ZodOptional<z.ZodString>
  >,
);

/** The name of a cut's figure. */
export const cutFigure = (cut: Cut): string => `cut:${JSON.stringify(cut)}`;

/** Reads what follows the colon of such a name; null when it is none. */
export function readCut(value: string): Cut | null {
  try {
    const { data } = cutSchema.safeParse(JSON.parse(value));
    return data === undefined ? null : (data as Cut);
  } catch {
    return null;
  }
}

/** Gives the value of a dimension that a message has. */
export function valueOf(row: Facts, dimension: Dimension, zone: string): string {
  switch (dimension) {
    case 'day':
      return dateOfDay(localDayAt(zone, row.createdAt));
    case 'month':
      return dateOfDay(localDayAt(zone, row.createdAt)).slice(0, 7);
    case 'outcome':
    case 'type':
      return row[dimension] ?? '';
    default:
      return row[dimension];
  }
}

/** Tells whether a message is in the cut of this name; a name that is none has no message. */
export function cutTest(value: string, zone: string): (row: Facts) => boolean {
  const cut = readCut(value);
  if (cut === null) return () => false;
  const wanted = DIMENSIONS.filter((name) => cut[name] !== undefined);
  return (row) => wanted.every((name) => valueOf(row, name, zone) === cut[name]);
}

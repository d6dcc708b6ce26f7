import { z } from 'zod';
import { INSTANTS, MS_PER_DAY } from './instant.ts';

/** Letters of a name in reference rows: twice what a cell of a name may have, for names came from files. */
export const referenceName = z.string().max(1000);

/** An id in words: small Latin letters and digits, parted by single dashes. */
export const slug = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

/** Moments from which and until which a reference row holds; no bound of its own, it is only compared. */
export const validity = z.number().int();

const [FIRST_DAY, LAST_DAY] = [INSTANTS.from, INSTANTS.to - MS_PER_DAY].map((at) =>
  new Date(at).toISOString().slice(0, 10),
) as [string, string];

/** True for a local day `2025-12-18` of the years that the centre's work may lie in, 2000 to 2099. */
export const isSensibleDay = (day: string): boolean => day >= FIRST_DAY && day <= LAST_DAY;

/** True for a year that residents may have been counted in. */
export const isSensibleYear = (year: number): boolean => year >= 1900 && year <= 2099;

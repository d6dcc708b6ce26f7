import { z } from 'zod';
import { FIRST_NUMBERS } from '#shared/domain/incident-number.ts';

/** `GET /api/v1/numbering`, for administrators: where the region's own numbers stand. */
export const numberingSchema = z.object({
  /** The number that the next message registered here gets. */
  next: z.int(),
  /** The highest that was given here; null while none was. */
  highest: z.int().nullable(),
});
export type Numbering = z.output<typeof numberingSchema>;

/**
 * `PUT /api/v1/numbering`: the next number is to be this one. Refused (`numbers_given`) where it was given.
 */
export const numberingChangeSchema = z.strictObject({
  next: z.int().min(FIRST_NUMBERS.lowest).max(FIRST_NUMBERS.highest),
});

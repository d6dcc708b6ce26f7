import { z } from 'zod';

/**
 * The revision that a console's copy is at, with the mark the API gave it; null where it gave none. A
 * database that does not know it was put back to an earlier moment: it has not come so far, or has given the
 * number again since.
 */
export const seenRevisionSchema = z.object({
  epoch: z.uuid(),
  cursor: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  mark: z.uuid().nullable(),
});
export type SeenRevision = z.infer<typeof seenRevisionSchema>;

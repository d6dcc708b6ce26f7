import { z } from 'zod';
import { ATTACHMENT_LIMITS, ATTACHMENT_TYPES } from '#shared/domain/attachment.ts';
import { FILE_PROBLEMS } from '#shared/files/accept-file.ts';

/** Bytes of every part but the last: four seconds on a line of a megabit. */
export const ATTACHMENT_PART_BYTES = 512 * 1024;

const path = (hash: string): string => `/api/v1/attachments/${hash}`;
const count = z.number().int().min(0);

/**
 * The way of a file to the centre, the same after any interruption (docs/decisions/001-attachments.md):
 *
 *     POST   begin(hash)         {size}   → where it stands
 *     PUT    part(hash, offset)  bytes    → where it stands
 *     POST   finish(hash)        {}       → `here`
 *     DELETE begin(hash)                  gives an unfinished upload up
 *     GET    ofIncident(…)                the file, whole or by `Range`
 */
export const attachmentPaths = {
  begin: path,
  part: (hash: string, offset: number): string => `${path(hash)}/parts/${offset}`,
  finish: (hash: string): string => `${path(hash)}/finish`,
  ofIncident: (incident: string, hash: string): string => `/api/v1/incidents/${incident}/attachments/${hash}`,
} as const;

export const beginAttachmentSchema = z.strictObject({
  size: z.number().int().min(1).max(ATTACHMENT_LIMITS.bytes),
});

/**
 * How far a file has come. `receiving`: the next part begins at `received`. `here`: this account has handed
 * it in, the bytes may go.
 */
export const attachmentStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('receiving'), received: count, partBytes: count }),
  z.object({
    state: z.literal('here'),
    type: z.enum(ATTACHMENT_TYPES),
    size: count,
    width: count.nullable(),
    height: count.nullable(),
  }),
]);
export type AttachmentState = z.infer<typeof attachmentStateSchema>;

/**
 * Reasons why the centre does not keep a file that was handed in. The last two are a console's mistake: it
 * cleans and hashes beforehand.
 */
export const HAND_IN_PROBLEMS = [...FILE_PROBLEMS, 'has_metadata', 'other_bytes'] as const;
export type HandInProblem = (typeof HAND_IN_PROBLEMS)[number];

/**
 * `detail` of the error `attachment_refused`: the upload is gone, and no repeat of the same bytes will be
 * accepted.
 */
export const attachmentRefusedSchema = z.object({ problem: z.enum(HAND_IN_PROBLEMS) });
/** `detail` of the error `part_misplaced`: go on from `received`. */
export const partMisplacedSchema = z.object({ received: count });

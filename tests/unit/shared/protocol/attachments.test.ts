import { expect, it } from 'vitest';
import { ATTACHMENT_LIMITS } from '#shared/domain/attachment.ts';
import {
  ATTACHMENT_PART_BYTES,
  attachmentPaths,
  attachmentRefusedSchema,
  attachmentStateSchema,
  beginAttachmentSchema,
  HAND_IN_PROBLEMS,
  partMisplacedSchema,
} from '#shared/protocol/attachments.ts';

const HASH = 'a'.repeat(64);

it('says where a file goes and is read', () => {
  expect([
    attachmentPaths.begin(HASH),
    attachmentPaths.part(HASH, 524_288),
    attachmentPaths.finish(HASH),
  ]).toEqual([
    `/api/v1/attachments/${HASH}`,
    `/api/v1/attachments/${HASH}/parts/524288`,
    `/api/v1/attachments/${HASH}/finish`,
  ]);
  expect(attachmentPaths.ofIncident('x', HASH)).toBe(`/api/v1/incidents/x/attachments/${HASH}`);
});

it('reads every answer, and bounds what may be announced', () => {
  const receiving = { state: 'receiving', received: 0, partBytes: ATTACHMENT_PART_BYTES };
  const here = { state: 'here', type: 'application/pdf', size: 9, width: null, height: null };
  for (const answer of [receiving, here]) expect(attachmentStateSchema.parse(answer)).toEqual(answer);
  for (const problem of HAND_IN_PROBLEMS)
    expect(attachmentRefusedSchema.parse({ problem })).toEqual({ problem });
  expect(partMisplacedSchema.safeParse({ received: -1 }).success).toBe(false);
  for (const size of [0, 1.5, ATTACHMENT_LIMITS.bytes + 1])
    expect(beginAttachmentSchema.safeParse({ size }).success).toBe(false);
  expect(beginAttachmentSchema.safeParse({ size: ATTACHMENT_LIMITS.bytes }).success).toBe(true);
});

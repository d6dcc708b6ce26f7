import { z } from 'zod';
import { attachmentHashSchema, ATTACHMENT_LIMITS } from './attachment.ts';
import { openReply, type Incident } from './incident.ts';
import type { Refusal } from './refusal.ts';
import { sameJson } from './same-json.ts';
import { stableHash } from './stable-hash.ts';

/**
 * A reply on approval as somebody looked at it. Two people who see the same number may still see other texts,
 * when one of them submitted on a workstation without a network, so the text and the files are said, too.
 */
export const submissionSchema = z.strictObject({
  /** 1 for the first reply of an incident that was ever submitted, 0 before it. */
  number: z.number().int().min(0).max(1_000_000),
  text: z.string().max(100_000),
  /** Hashes of what goes out with it; absent where nothing does. */
  files: z.array(attachmentHashSchema).max(ATTACHMENT_LIMITS.perMessage).optional(),
});
export type Submission = Readonly<z.infer<typeof submissionSchema>>;

/**
 * The submission an incident stands at; number 0 before the first. Counted in the history, which only grows:
 * a number once given never means another text, whatever is sent back, undone or imported anew.
 */
export function submissionOf(incident: Incident): Submission {
  const number = incident.history.filter(({ event }) => event === 'reply_submitted').length;
  const reply = openReply(incident);
  const files = (reply?.attachments ?? []).map(({ hash }) => hash);
  return { number, text: reply?.text ?? '', ...(files.length > 0 && { files }) };
}

/** The mark of a submission: short, and another one for another text or other files under one number. */
export const submissionMark = ({ number, text, files = [] }: Submission): string =>
  stableHash(JSON.stringify([number, text, files])).toString(16);

/** Tells whether the submission that was looked at is the one that stands. */
export const isStanding = (seen: Submission, incident: Incident): boolean =>
  sameJson({ files: [], ...seen }, { files: [], ...submissionOf(incident) });

/**
 * The refusal of a word about another submission than the one that stands: by whom and when this one was
 * made.
 */
export function otherSubmission(incident: Incident): Refusal {
  const last = incident.history.findLast(({ event }) => event === 'reply_submitted');
  return { kind: 'other_submission', by: last?.by ?? '', at: last?.at ?? incident.step.since };
}

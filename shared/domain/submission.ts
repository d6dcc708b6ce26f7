import { z } from 'zod';
import { openReply, type Incident } from './incident.ts';
import type { Refusal } from './refusal.ts';

/**
 * A reply on approval as somebody looked at it. Two people who see the same number may still see other texts, when one of them
 * submitted on a workstation without a network, so the text is said, too.
 */
export const submissionSchema = z.strictObject({
  /** 1 for the first reply of an incident that was ever submitted, 0 before it. */
  number: z.number().int().min(0).max(1_000_000),
  text: z.string().max(100_000),
});
export type Submission = Readonly<z.infer<typeof submissionSchema>>;

/**
 * The submission an incident stands at; number 0 before the first. Counted in the history, which only grows: a number once given
 * never means another text, whatever is sent back, undone or imported anew.
 */
export function submissionOf(incident: Incident): Submission {
  const number = incident.history.filter(({ event }) => event === 'reply_submitted').length;
  return { number, text: openReply(incident)?.text ?? '' };
}

/** The refusal of a word about another submission than the one that stands: by whom and when this one was made. */
export function otherSubmission(incident: Incident): Refusal {
  const last = incident.history.findLast(({ event }) => event === 'reply_submitted');
  return { kind: 'other_submission', by: last?.by ?? '', at: last?.at ?? incident.step.since };
}

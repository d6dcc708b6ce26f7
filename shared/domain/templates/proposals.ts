import { similarity } from '#shared/text/shingles.ts';
import { bodyPrint } from '#shared/domain/reply-check/check-content.ts';
import type { ReplyTemplate } from './reply-template.ts';

/** An approved reply that was begun without a template. */
export interface OwnWordsReply {
  readonly incident: string;
  readonly text: string;
}

/** Words that many got: worth a template. */
export interface TemplateProposal extends OwnWordsReply {
  /** How many were answered so. */
  readonly count: number;
}

/** Replies that share so much are the same one, but for a house and a day. */
const SAME = 0.55;
/** A template that shares so much with a reply says it already: its variables are other words. */
const KNOWN = 0.4;
/** So often a thing was said before it is proposed, and so many are proposed at most. */
const FEWEST = 3;
const MOST = 5;

interface Group {
  readonly reply: OwnWordsReply;
  readonly print: Uint32Array;
  count: number;
}

/**
 * Gives what was written to many by hand and no template says, the most frequent first; of each the reply
 * that comes first in `replies`.
 */
export function templateProposals(
  replies: readonly OwnWordsReply[],
  templates: readonly Pick<ReplyTemplate, 'text'>[],
): readonly TemplateProposal[] {
  const known = templates.map(({ text }) => bodyPrint(text));
  const groups: Group[] = [];
  for (const reply of replies) {
    const print = bodyPrint(reply.text);
    const group = groups.find((one) => similarity(one.print, print) >= SAME);
    if (group === undefined) groups.push({ reply, print, count: 1 });
    else group.count += 1;
  }
  return groups
    .filter(({ print, count }) => count >= FEWEST && !known.some((one) => similarity(one, print) >= KNOWN))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ reply, count }) => ({ ...reply, count }));
}

import { checkAgainstOthers, checkSubstance } from './check-content.ts';
import { checkGreeting, checkPublishable, checkWording } from './check-form.ts';
import {
  DEMANDABLE_KINDS,
  WARNING_KINDS,
  type CheckedContext,
  type DemandableKind,
  type ReplyWarning,
} from './reply-warning.ts';

/** More letters no network takes: a check must not grow with what is pasted. */
const MOST_LETTERS_CHECKED = 20_000;
/** As many warnings as a person reads. */
const MOST_WARNINGS = 30;

/**
 * Finds what a reply's author had better look at before it goes to approval: whom it speaks to, what it
 * promises, what must not go out, what the network does not take. It reads the text alone, so it works
 * without a connection; it decides nothing. An empty reply has no warnings. In the order of
 * {@link WARNING_KINDS}, then of the text.
 */
export function checkReply(reply: string, context: CheckedContext): ReplyWarning[] {
  return everyWarning(reply, context).slice(0, MOST_WARNINGS);
}

function everyWarning(reply: string, context: CheckedContext): ReplyWarning[] {
  const text = reply.slice(0, MOST_LETTERS_CHECKED);
  if (text.trim() === '') return [];
  const warnings = [
    ...checkPublishable(text, context),
    ...checkGreeting(text, context),
    ...checkAgainstOthers(text, context),
    ...checkSubstance(text, context),
    ...checkWording(text),
  ];
  const rank = ({ kind }: ReplyWarning): number => WARNING_KINDS.indexOf(kind);
  return warnings.toSorted((a, b) => rank(a) - rank(b) || a.start - b.start);
}

/**
 * Gives the first thing a region demands of its replies that this one does not meet; null where it meets all.
 * However many other warnings there are.
 */
export function unmetDemand(
  reply: string,
  context: CheckedContext,
  demanded: readonly DemandableKind[],
): DemandableKind | null {
  if (demanded.length === 0) return null;
  const kinds = new Set(everyWarning(reply, context).map(({ kind }) => kind));
  return DEMANDABLE_KINDS.find((kind) => demanded.includes(kind) && kinds.has(kind)) ?? null;
}

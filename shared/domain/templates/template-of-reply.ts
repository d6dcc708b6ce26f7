import { deidentified } from '#shared/text/deidentify.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { withGreeting } from '#shared/domain/same-reply.ts';
import { TEMPLATE_LENGTH, type ReplyTemplate } from './reply-template.ts';

/** The last reply that was approved: only such are worth repeating. */
export const approvedReply = ({ replies }: Pick<Incident, 'replies'>): string | null =>
  replies.findLast(({ approvedAt }) => approvedAt !== null)?.text ?? null;

/** Writes a variable where its own words stood, and not where they are the beginning of a longer number. */
const withVariable = (text: string, words: string, variable: string): string =>
  words.trim().length < 2
    ? text
    : text.replaceAll(words, (found, at: number) =>
        /\d/.test(text[at + found.length] ?? '') ? found : variable,
      );

/**
 * Makes a template of the reply that was approved here, without what tells of whom and where it was: a
 * person reads it before it is kept.
 */
export function templateOfReply(incident: Incident): Pick<ReplyTemplate, 'text' | 'group' | 'topic'> {
  const { author, place, number, classification } = incident;
  const greeted = withGreeting(approvedReply(incident) ?? '', '{обращение}');
  const named = withVariable(greeted, `№ ${number ?? ''}`, '№ {номер}');
  const placed = withVariable(named, [place.street, place.house].filter(Boolean).join(', '), '{адрес}');
  return {
    text: deidentified(placed, [author.name]).slice(0, TEMPLATE_LENGTH).trim(),
    group: classification?.group ?? null,
    topic: classification?.topic ?? null,
  };
}

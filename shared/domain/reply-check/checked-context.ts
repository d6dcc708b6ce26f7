import type { CompiledCalendar } from '../calendar.ts';
import { openReply, type Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { CheckedContext } from './reply-warning.ts';

/**
 * Gives what the check of a reply to this incident's author looks at, at `at`. `besides` is what only whoever
 * writes has at hand: others' replies, and files that are not saved yet.
 */
export function checkedContextOf(
  incident: Incident,
  at: Instant,
  calendar: CompiledCalendar,
  besides: Partial<Pick<CheckedContext, 'others' | 'files'>> = {},
): CheckedContext {
  const { author, source, replies, messages, text } = incident;
  return {
    message: messages.at(-1)?.text ?? text,
    authorName: author.name,
    network: source.network,
    messageKind: source.kind,
    earlier: replies.filter(({ publishedAt }) => publishedAt !== null).map((published) => published.text),
    others: [],
    files: openReply(incident)?.attachments?.length ?? 0,
    at,
    calendar,
    ...besides,
  };
}

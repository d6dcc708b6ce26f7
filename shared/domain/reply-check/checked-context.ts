import type { CompiledCalendar } from '../calendar.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { CheckedContext } from './reply-warning.ts';

/** Gives what the check of a reply to this incident's author looks at, at `at`. */
export function checkedContextOf(
  { author, source, replies, messages, text }: Incident,
  at: Instant,
  calendar: CompiledCalendar,
  others: readonly Uint32Array[] = [],
): CheckedContext {
  return {
    message: messages.at(-1)?.text ?? text,
    authorName: author.name,
    network: source.network,
    messageKind: source.kind,
    earlier: replies.filter(({ publishedAt }) => publishedAt !== null).map((published) => published.text),
    others,
    at,
    calendar,
  };
}

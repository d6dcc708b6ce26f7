import { mapInTurns } from '#server/process/map-in-turns.ts';
import { CLOSING_REASONS } from '#shared/domain/incident.ts';
import { REJECT_REASONS } from '#shared/domain/step.ts';
import { withoutIdentifiers } from '#shared/text/deidentify.ts';

/** Fields of incidents and events that hold words somebody wrote, at any depth. */
const WORDS = new Set([
  'text',
  'reason',
  'comment',
  'phrase',
  'returned',
  'sentBackReason',
  'object',
  'place',
  'tags',
  'add',
  'remove',
]);

/** Things that are called by words; a step and an event have names too, which are ours. */
const CALLED_BY_WORDS = new Set(['author', 'attachments']);

/** Reasons that are chosen from a list: `author_pleased` looks like a nick in a network and is none. */
const CHOSEN: ReadonlySet<string> = new Set([...REJECT_REASONS, ...CLOSING_REASONS]);

/** A field `name` inside `of`. */
const isOfWords = (name: string, of: string): boolean =>
  WORDS.has(name) || (name === 'name' && CALLED_BY_WORDS.has(of));

const shownWords = (text: string): string => (CHOSEN.has(text) ? text : withoutIdentifiers(text));

/** Kept cells of an import are for exports, which observers may not make; among them are authors' names. */
const isKeptCells = (key: string, value: unknown): boolean =>
  key === 'cells' && typeof value === 'object' && value !== null;

/** A screenshot shows its author, and a letter is called after him; what goes out with a reply is public. */
const isHiddenFile = (name: string, of: string): boolean => name === 'attachments' && of !== 'replies';

/**
 * An incident, an event or a part of one, the field `key` of the field `of`, without what its words tell of
 * who a person is.
 */
export function withoutIdentifiersInside(value: unknown, key = '', of = ''): unknown {
  if (typeof value === 'string') return isOfWords(key, of) ? shownWords(value) : value;
  if (Array.isArray(value)) return value.map((item) => withoutIdentifiersInside(item, key, of));
  if (typeof value !== 'object' || value === null) return value;
  if (isKeptCells(key, value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isHiddenFile(name, key))
      .map(([name, inner]) => [name, withoutIdentifiersInside(inner, name, key)]),
  );
}

/** Lines of a download as {@link observersLine} gives them; others have their turn in between. */
export const observersLines = (lines: readonly string[]): Promise<string[]> =>
  mapInTurns(lines, ({ length }) => length, observersLine);

/** A line of a download or of the feed, as JSON text; lines of reference rows come back as they are. */
export function observersLine(line: string): string {
  const parsed: unknown = JSON.parse(line);
  const isReference =
    typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 't') === 'reference';
  return isReference ? line : JSON.stringify(withoutIdentifiersInside(parsed));
}

/** Changes of the feed, lines with commas between them, as {@link observersLine} gives them. */
export async function observersChanges(changes: string): Promise<string> {
  const parsed: unknown = JSON.parse(`[${changes}]`);
  if (!Array.isArray(parsed)) return changes;
  const each = changes.length / Math.max(1, parsed.length);
  const lines = await mapInTurns(
    parsed,
    () => each,
    (change: unknown) => {
      const isIncident =
        typeof change === 'object' && change !== null && Reflect.get(change, 'entity') === 'incident';
      return JSON.stringify(isIncident ? withoutIdentifiersInside(change) : change);
    },
  );
  return lines.join(',');
}

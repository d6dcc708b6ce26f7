import type { Instant } from '#shared/domain/instant.ts';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { isFields, numberIn, type Fields } from '#server/channels/networks/lenient.ts';

/**
 * Words and author found in an event that no connector could read, for the person who registers it by hand.
 */
export interface FoundWords {
  readonly author: string;
  readonly text: string;
  readonly at: Instant | null;
}

/** Names under which networks write words, the most telling ones first. */
const WORDS = [
  'text',
  'caption',
  'transcript',
  'transcription',
  'question',
  'title',
  'description',
  'message',
  'body',
];
const PEOPLE = ['from', 'sender', 'author', 'user', 'profile'];
const MOMENTS: readonly (readonly [name: string, millisecondsEach: number])[] = [
  ['timestamp', 1],
  ['date_ms', 1],
  ['date', 1000],
];
/** Values looked at; an event is no library. */
const MAX_VALUES = 5000;
const EARLIEST = Date.UTC(2015, 0, 1);

/** The objects of an event, the outer ones first. */
function objectsIn(event: unknown): Fields[] {
  const values: unknown[] = [event];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at];
    const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
    values.push(...inner.slice(0, MAX_VALUES - values.length));
  }
  return values.filter(isFields);
}

function textIn(objects: readonly Fields[]): string {
  const texts = WORDS.flatMap((name) => objects.map((fields) => fields[name]))
    .filter((value) => typeof value === 'string')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return [...new Set(texts)].join('\n');
}

function personIn(objects: readonly Fields[]): string {
  const people = PEOPLE.flatMap((name) => objects.map((fields) => fields[name])).filter(isFields);
  const names = people.map(
    ({ first_name: first, last_name: last, name }) =>
      [first, last]
        .filter((part) => typeof part === 'string')
        .join(' ')
        .trim() || (typeof name === 'string' ? name : ''),
  );
  return names.find((name) => name !== '')?.slice(0, 200) ?? '';
}

function momentIn(objects: readonly Fields[]): Instant | null {
  const moments = MOMENTS.flatMap(([name, each]) =>
    objects.map((fields) => Math.trunc((numberIn(fields[name]) ?? Number.NaN) * each)),
  );
  return moments.find((at) => at >= EARLIEST && at <= Date.now()) ?? null;
}

/** Looks for a resident's words in a stored event, whatever it is; what is no JSON is given as it came. */
export function findWords(raw: string): FoundWords {
  try {
    const objects = objectsIn(parseExact(raw));
    return { author: personIn(objects), text: textIn(objects), at: momentIn(objects) };
  } catch {
    return { author: '', text: raw.trim(), at: null };
  }
}

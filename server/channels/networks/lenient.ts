import { z } from 'zod';
import { digits } from './exact-json.ts';

/**
 * How connectors read what a network may leave out: a field that is missing, null or of another type is no
 * reason to lose a message. Only what names a message or its kind is required; everything else is read with
 * these, and none of them ever fails.
 */

/** Items of one list that are looked at; more are an attack, not a message. */
const MAX_ITEMS = 200;
/** Names of things in networks; keys made of them lie in indexes, whose entries PostgreSQL bounds. */
const MAX_NAME = 200;

/** An object of a network's, its fields not looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object, or one without fields. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** The items of a list, at most {@link MAX_ITEMS}; none of what is no list. */
export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [];

/** The objects of a list. */
export const objectsOf = (value: unknown): readonly Fields[] => listOf(value).filter(isFields);

/**
 * Words of whatever stands where words are expected: text, a number's digits, the parts of a list, the `text`
 * of an object.
 */
export function wordsIn(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (depth > 3) return '';
  if (!Array.isArray(value)) return isFields(value) ? wordsIn(value['text'], depth + 1) : '';
  return listOf(value)
    .map((part) => wordsIn(part, depth + 1))
    .join('');
}

/** A number, also one that was written as text; null for anything else. */
export function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A field, missing or not, as this function reads it. */
export const readBy = <T>(read: (value: unknown) => T) => z.unknown().optional().transform(read);

/** Words, or ''. */
export const words = readBy((value) => wordsIn(value));

/** A short name such as a title or a kind, cut at 200 characters; '' for what is no text. */
export const name = readBy((value) =>
  typeof value === 'string' ? value.trim().slice(0, MAX_NAME).toWellFormed() : '',
);

/** A name that is known to be one, or null; longer ones are none. */
export const nameOrNull = z.string().min(1).max(MAX_NAME).nullable().catch(null);

/** A network's whole number as decimal digits, or null. */
export const idOrNull = digits.nullable().catch(null);

/** True for `true` and for 1, as VK writes it. */
export const flag = readBy((value) => value === true || value === 1);

/** A network's whole number as decimal digits, or null. */
export const idIn = (value: unknown): string | null => idOrNull.parse(value);

/**
 * A moment in epoch milliseconds, from a number or its digits in this unit; null: the network does not say.
 */
export const moment = (millisecondsEach: number) =>
  readBy((value) => {
    const number = numberIn(value);
    return number === null || number <= 0
      ? null
      : Math.min(number * millisecondsEach, Number.MAX_SAFE_INTEGER);
  });

/** The items of a list that are as the schema says; the others are left out. */
export const items = <T extends z.ZodType>(schema: T) =>
  readBy((value) =>
    listOf(value).flatMap((item): z.output<T>[] => {
      const read = schema.safeParse(item);
      return read.success ? [read.data] : [];
    }),
  );

/** An object as the schema says, or null. */
export const part = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null);

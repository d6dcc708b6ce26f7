import type { PhoneEnd } from './full-phones.ts';
import type { Near } from './near.ts';
import type { Pieces } from './pieces.ts';

const UNITS = 'ноль один два три четыре пять шесть семь восемь девять'.split(' ');
const TEENS = `десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать
  восемнадцать девятнадцать`.split(/\s+/u);
const TENS = 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(' ');
const HUNDREDS = 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'.split(' ');

/**
 * A number word: how much it is, and below what a word after it belongs to the same number («двадцать
 * четыре»).
 */
interface Numeral {
  readonly value: number;
  readonly room: number;
}

const NUMERALS = new Map<string, Numeral>([
  ...UNITS.map((word, value): [string, Numeral] => [word, { value, room: 0 }]),
  ['нуль', { value: 0, room: 0 }],
  ['одна', { value: 1, room: 0 }],
  ['две', { value: 2, room: 0 }],
  ...TEENS.map((word, index): [string, Numeral] => [word, { value: 10 + index, room: 0 }]),
  ...TENS.map((word, index): [string, Numeral] => [word, { value: 20 + index * 10, room: 10 }]),
  ...HUNDREDS.map((word, index): [string, Numeral] => [word, { value: 100 + index * 100, room: 100 }]),
]);

const MOST_CHUNKS = 12;
const SEPARATORS = new Set([' ', ',', '-', '.', '(', ')']);
/** «8964 тире 220 тире 17 тире 36» */
const SIGN_WORDS = new Set(['тире', 'дефис', 'черточка', 'пробел', 'скобка']);

interface Chunk {
  readonly digits: string;
  readonly end: number;
}

const isSeparator = (pieces: Pieces, at: number): boolean => {
  const { kind, text, norm } = pieces.at(at);
  return kind === 'space' || SEPARATORS.has(text) || SIGN_WORDS.has(norm);
};

/** A sign said as a word parts the digits before a place from those after it. */
function isSignWord(pieces: Pieces, at: number): boolean {
  const { kind, norm } = pieces.at(at);
  return kind === 'space' ? SIGN_WORDS.has(pieces.at(at + 1).norm) : SIGN_WORDS.has(norm);
}

function afterSeparators(pieces: Pieces, from: number): number {
  let at = from;
  while (at - from < 4 && isSeparator(pieces, at)) at += 1;
  return at;
}

const LONGEST = Math.max(...[...NUMERALS.keys()].map(({ length }) => length));

/** Number words run together: «восемьдевятьсотчетырнадцать»; each for itself, «девятьсот» makes room. */
function glued(word: string, end: number): Chunk | null {
  let [digits, sum, room] = ['', 0, 0];
  for (let from = 0; from < word.length;) {
    let length = LONGEST;
    while (length > 1 && !NUMERALS.has(word.slice(from, from + length))) length -= 1;
    const numeral = NUMERALS.get(word.slice(from, from + length));
    if (numeral === undefined) return null;
    const continues = numeral.value > 0 && numeral.value < room;
    if (from > 0 && !continues) digits += String(sum);
    sum = continues ? sum + numeral.value : numeral.value;
    room = numeral.room;
    from += length;
  }
  return { digits: digits + String(sum), end };
}

/** Digits, or number words that make one number. */
export function chunkAt(pieces: Pieces, from: number): Chunk | null {
  const { kind, text, norm } = pieces.at(from);
  if (kind === 'number') return text.length <= 10 ? { digits: text, end: from + 1 } : null;
  const first = NUMERALS.get(norm);
  if (kind !== 'word') return null;
  if (first === undefined) return glued(norm, from + 1);
  let { value, room } = first;
  let end = from + 1;
  while (room > 0) {
    const next = pieces.at(end).kind === 'space' || pieces.at(end).text === '-' ? end + 1 : end;
    const more = NUMERALS.get(pieces.at(next).norm);
    if (more === undefined || more.value >= room || more.value === 0) break;
    value += more.value;
    room = more.room;
    end = next + 1;
  }
  return { digits: String(value), end };
}

const isNumeral = (pieces: Pieces, at: number): boolean =>
  pieces.at(at).kind === 'word' && chunkAt(pieces, at) !== null;

/** Digits after which a number may end, and whether they make one. */
function isWhole(digits: string): boolean {
  if (digits.length === 11) return /^[78][34689]/.test(digits);
  return digits.length === 10 && digits.startsWith('9');
}

/** A telephone with some of its digits in words: «восемь девятьсот двадцать четыре 640 11 22». */
export function spelledPhone(pieces: Pieces, from: number, near: Near): PhoneEnd | null {
  const hasPlus = pieces.at(from).norm === 'плюс';
  let at = hasPlus ? afterSeparators(pieces, from + 1) : from;
  const first =
    isNumeral(pieces, at) || isNumeral(pieces, afterSeparators(pieces, at + 1)) || isSignWord(pieces, at + 1);
  if (!first) return null;
  let [digits, chunks, end] = ['', 0, 0];
  let hasWords = false;
  while (chunks < MOST_CHUNKS && digits.length < 11) {
    const chunk = chunkAt(pieces, at);
    if (chunk === null) break;
    hasWords ||= isNumeral(pieces, at);
    digits += chunk.digits;
    end = chunk.end;
    hasWords ||= isSignWord(pieces, end);
    chunks += 1;
    if (hasWords && isWhole(digits)) return { end, isPublic: /^[78]80[04]/.test(digits) };
    at = afterSeparators(pieces, end);
  }
  const isLocal = near.isPhone && hasWords && digits.length >= 5 && digits.length <= 7 && chunks >= 3;
  return isLocal ? { end, isPublic: false } : null;
}

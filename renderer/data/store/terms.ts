import { isStopWord, normaliseText, stemOf } from '#shared/text/tokens.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const MAX_CACHED = 200_000;

/** Characters looked up instead of matched: Latin, Cyrillic and the punctuation of ordinary messages. */
const TABLE_SIZE = 0x2200;
const SEPARATOR = 0;
const PART = 1;
/** A mark, or a character that normalising changes: the whole text takes the slow way. */
const UNUSUAL = 2;

/** Word as written -> stem, or '' for a stop word. */
const cache = new Map<string, string>();

function classOf(code: number): number {
  const character = String.fromCharCode(code);
  if (/\p{M}/u.test(character) || character.normalize('NFC') !== character) return UNUSUAL;
  return /[\p{L}\p{N}]/u.test(character) ? PART : SEPARATOR;
}

let table: Uint8Array | null = null;

function wordsOf(text: string): readonly string[] {
  table ??= Uint8Array.from({ length: TABLE_SIZE }, (_, code) => classOf(code));
  const words: string[] = [];
  let start = -1;
  for (let index = 0; index < text.length; index += 1) {
    const kind = table[text.charCodeAt(index)] ?? UNUSUAL;
    if (kind === UNUSUAL) return text.normalize('NFC').match(WORD) ?? [];
    if (kind === PART) start = start === -1 ? index : start;
    else if (start !== -1) {
      words.push(text.slice(start, index));
      start = -1;
    }
  }
  if (start !== -1) words.push(text.slice(start));
  return words;
}

/**
 * The terms a text is indexed by: the stems of its words without stop words, repetitions kept. Same terms as
 * `searchTerms` of shared/text, without an object per word: 100,000 messages are tokenised while an operator
 * waits.
 */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const word of wordsOf(text)) {
    let stem = cache.get(word);
    if (stem === undefined) {
      const norm = normaliseText(word);
      stem = isStopWord(norm) ? '' : stemOf(norm);
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(word, stem);
    }
    if (stem !== '') terms.push(stem);
  }
  return terms;
}

import { isStopWord, normaliseText, stemOf } from '#shared/text/tokens.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const MAX_CACHED = 200_000;

/** Word as written -> stem, or '' for a stop word. */
const cache = new Map<string, string>();

/**
 * What a text is indexed by: the stems of its words without stop words, repetitions kept. Same terms as `searchTerms` of
 * shared/text, without an object per word: 100,000 messages are tokenised while an operator waits.
 */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const word of text.normalize('NFC').match(WORD) ?? []) {
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

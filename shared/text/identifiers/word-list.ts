/** Tells quickly whether a word is one of many. */
export interface WordList {
  readonly test: (word: string) => boolean;
}

/** Reads words parted by spaces; one that ends with `*` stands for all that begin so. */
export function wordList(words: string): WordList {
  const all = words.trim().split(/\s+/u);
  const whole = new Set(all.filter((word) => !word.endsWith('*')));
  const beginnings = new Set(all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)));
  // Most words begin like none of them, and are told by their first letter.
  const firsts = new Set([...beginnings].map((beginning) => beginning.slice(0, 1)));
  const lengths = [...new Set([...beginnings].map(({ length }) => length))];
  return {
    test: (word) =>
      whole.has(word) ||
      (firsts.has(word.slice(0, 1)) && lengths.some((length) => beginnings.has(word.slice(0, length)))),
  };
}

/** Tells quickly whether a word is one of many. */
export interface WordList {
  readonly test: (word: string) => boolean;
}

/** Reads words parted by spaces; one that ends with `*` stands for all that begin so. */
export function wordList(words: string): WordList {
  const all = words.trim().split(/\s+/u);
  const whole = new Set(all.filter((word) => !word.endsWith('*')));
  const beginnings = new Set(all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)));
  const longest = Math.max(0, ...[...beginnings].map(({ length }) => length));
  return {
    test: (word) => {
      if (whole.has(word)) return true;
      for (let length = Math.min(longest, word.length); length > 0; length -= 1)
        if (beginnings.has(word.slice(0, length))) return true;
      return false;
    },
  };
}

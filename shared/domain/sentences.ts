const END = /[!?\n]|\.(?=\s+\p{L})/gu;

/** The sentences of a text, found once: by number, in its order. */
export interface Sentences {
  /** The number of the sentence a place of the text lies in; the sign that ends one belongs to it. */
  readonly at: (place: number) => number;
  /** The words of a sentence without the sign that ends it. */
  readonly text: (sentence: number) => string;
}

/** Parts a text into sentences: at `!`, `?` and line ends, and at points with a word after them. */
export function sentencesOf(text: string): Sentences {
  const ends = Array.from(text.matchAll(END), ({ index }) => index);
  return {
    at: (place) => {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((ends[middle] ?? Infinity) < place) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    text: (sentence) => text.slice(sentence === 0 ? 0 : (ends[sentence - 1] ?? 0) + 1, ends[sentence]),
  };
}

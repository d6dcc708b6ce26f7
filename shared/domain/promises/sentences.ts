const END = /[!?\n;]|\.(?= [\p{L}\d«"(•*-])|,(?= (?:а|но|однако|поэтому|после чего|затем|зато|и мы) )/gu;

/** The sentences of a plain text, found once: by number, in its order. */
export interface Sentences {
  /** The number of the sentence a place of the text lies in; the sign that ends one belongs to it. */
  readonly at: (place: number) => number;
  /** Where a sentence begins. */
  readonly start: (sentence: number) => number;
  /** The words of a sentence with the sign that ends it. */
  readonly text: (sentence: number) => string;
}

/**
 * Parts a text into what is told at once: at `!`, `?`, `;` and line ends, at points with something after
 * them, and where «а», «но» or «поэтому» begins another thought.
 */
export function sentencesOf(text: string): Sentences {
  const ends = Array.from(text.matchAll(END), ({ index }) => index);
  const start = (sentence: number): number => (sentence === 0 ? 0 : (ends[sentence - 1] ?? text.length) + 1);
  return {
    at: (place) => firstFrom(ends.length, (at) => (ends[at] ?? Infinity) >= place),
    start,
    text: (sentence) => text.slice(start(sentence), (ends[sentence] ?? text.length) + 1),
  };
}

/** The first number of 0 … count for which it holds, where it holds for all that follow. */
export function firstFrom(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

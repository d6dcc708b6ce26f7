import { lengthOfWord, numberOfWord } from './number-words.ts';

/** A reply as rules read it, and where each of its signs stands in the text that was written. */
export interface PlainReply {
  /**
   * Small letters, «е» for «ё», one space for any, `-` for any dash, numbers in figures, `_` for the point of
   * a word cut short.
   */
  readonly plain: string;
  /** Where in the text the sign at a place of `plain` begins. */
  readonly startAt: (place: number) => number;
  /** Where in the text the sign before a place of `plain` ends. */
  readonly endAt: (place: number) => number;
}

const PIECE = /\d+|\p{L}+|\s+|[^\p{L}\d\s]/gu;
/** «10-ти», «3-го»: the ending of a number says nothing. */
const NUMBER_ENDING = /^(?:го|му|ое|ый|ой|ом|ая|ую|ти|ми|ух|ех|х|и|м|й|я|е|ю)$/;
const TENS = /^[23]0$/;
const CUT_SHORT =
  /^(?:г|гг|ул|д|пр|пер|пл|им|ч|час|мин|руб|т|кв|стр|корп|п|пос|с|тел|ст|обл|р|н|мкр|ориент|тыс)$/;

/** Makes a text plain, so that a rule need not know all ways to write the same; in one pass. */
export function plainReply(text: string): PlainReply {
  const writer = new PlainWriter();
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const end = index + piece.length;
    const first = piece.charAt(0);
    if (/\s/.test(first)) writer.put(piece.includes('\n') ? '\n' : ' ', index, end);
    else if (/\p{L}/u.test(first)) writer.putWord(piece.toLowerCase().replaceAll('ё', 'е'), index, end);
    else if (piece === '.' && CUT_SHORT.test(writer.last)) writer.put('_', index, end);
    else writer.put(/\p{Pd}/u.test(first) ? '-' : piece, index, end);
  }
  return writer.end(text.length);
}

/** Pieces of a plain text as they are written one after another, with the places they come from. */
class PlainWriter {
  readonly #pieces: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** The piece written last. */
  get last(): string {
    return this.#pieces.at(-1) ?? '';
  }

  put(piece: string, start: number, end: number): void {
    this.#pieces.push(piece);
    for (let at = 0; at < piece.length; at += 1) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** Writes a word; a number in words in figures, and what belongs to the number before it, with that. */
  putWord(word: string, start: number, end: number): void {
    const value = numberOfWord(word);
    const before = this.#pieces.at(-2) ?? '';
    if (this.last === '-' && /^\d/.test(before) && NUMBER_ENDING.test(word)) return this.#join(before, end);
    // «Двадцать третьего» is one number.
    if (value !== null && value < 10 && this.last === ' ' && TENS.test(before))
      return this.#join(before.charAt(0) + String(value), end);
    this.put(value === null ? (lengthOfWord(word) ?? word) : String(value), start, end);
  }

  /** The text as written, and the places of its signs. */
  end(length: number): PlainReply {
    return {
      plain: this.#pieces.join(''),
      startAt: (place) => this.#starts[place] ?? length,
      endAt: (place) => this.#ends[place - 1] ?? 0,
    };
  }

  /** Puts a number of the same width in place of the last and the sign after it; it reaches to `end`. */
  #join(number: string, end: number): void {
    this.#pieces.splice(-2, 2, number);
    this.#starts.pop();
    this.#ends.pop();
    this.#ends[this.#ends.length - 1] = end;
  }
}

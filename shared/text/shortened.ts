import { isSpace, trimSignsEnd } from './trim-signs.ts';

const SENTENCE_ENDS = ['.', '!', '?', '…'];

/** True for signs that lead on to words which are not there. */
const isLoose = (sign: string): boolean => ',;:–—-'.includes(sign) || isSpace(sign);

/** Whole sentences from the beginning, as many as fit; of a longer one as many words. */
export function shortened(text: string, most: number): string {
  const whole = text.trim().replaceAll(/\s+/gu, ' ');
  if (whole.length <= most) return whole;
  const start = whole.slice(0, most);
  const sentence = Math.max(...SENTENCE_ENDS.map((sign) => start.lastIndexOf(sign)));
  if (sentence >= most / 3) return start.slice(0, sentence + 1);
  const word = start.lastIndexOf(' ');
  return `${trimSignsEnd(word > 0 ? start.slice(0, word) : start, isLoose)}…`;
}

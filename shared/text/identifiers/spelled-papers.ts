import type { Near } from './near.ts';
import type { Pieces } from './pieces.ts';
import { chunkAt } from './spelled-phones.ts';

const LEAST_WORDS = 3;
const LEAST_DIGITS = 4;
const MOST_WORDS = 10;

/** «Паспорт серия шесть пять ноль восемь номер семьсот двенадцать триста сорок пять»: its end, or 0. */
export function spelledPaperEnd(pieces: Pieces, from: number, { cue, words, isAfterSign }: Near): number {
  if (cue !== 'paper' && cue !== 'account' && cue !== 'card') return 0;
  if (words > (isAfterSign ? LEAST_WORDS : 1)) return 0;
  let [at, end, digits, spelled] = [from, 0, 0, 0];
  for (let seen = 0; seen < MOST_WORDS; seen += 1) {
    const chunk = chunkAt(pieces, at);
    if (chunk === null) break;
    digits += chunk.digits.length;
    for (let each = at; each < chunk.end; each += 1) if (pieces.at(each).kind === 'word') spelled += 1;
    end = chunk.end;
    at = /^(?: +|-|,)$/.test(pieces.at(end).text) ? end + 1 : end;
    if (pieces.at(at).kind === 'space') at += 1;
  }
  // «Справка за восемь тысяч пятьсот»: a sum.
  const isSum = /^(?:тысяч|рубл|руб$|лет$|год|раз|дн)/u.test(pieces.at(at).norm);
  return spelled >= LEAST_WORDS && digits >= LEAST_DIGITS && !isSum ? end : 0;
}

import { cueOf } from './cues.ts';
import { isPublic } from './near.ts';
import type { Pieces } from './pieces.ts';

const ENDING = '(?:ый|ой|ий|ого|ом|ым|ье|ьего|ьем|ьим)';
const ordinals = (stems: string, first: number, step: number): [RegExp, number][] =>
  stems
    .trim()
    .split(/\s+/u)
    .map((stem, index) => [new RegExp(`^${stem}${ENDING}$`, 'u'), first + index * step]);

/** «Первый», «первого», «первом» and so on up to «девяностом». */
const UNITS = ordinals('перв втор трет четверт пят шест седьм восьм девят', 1, 1);
const TEENS = ordinals(
  `десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат
  девятнадцат`,
  10,
  1,
);
const ROUND = ordinals('двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност', 20, 10);
const TENS = 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(' ');

/** A year told in words, two or four digits of it, and the piece after it. */
export interface SpelledYear {
  readonly year: string;
  readonly end: number;
}

const valueOf = (list: readonly [RegExp, number][], word: string): number =>
  list.find(([pattern]) => pattern.test(word))?.[1] ?? 0;

const next = (pieces: Pieces, at: number): number =>
  pieces.at(at).kind === 'space' || pieces.at(at).text === '-' ? at + 1 : at;

/** «Тысяча девятьсот», «девятьсот», «две тысячи»: the hundreds, or 0, and where the rest begins. */
function century(pieces: Pieces, at: number): { readonly hundreds: number; readonly at: number } {
  const isThousand = /^тысяч[ау]$/u.test(pieces.at(at).norm);
  const first = isThousand ? next(pieces, at + 1) : at;
  if (pieces.at(first).norm === 'девятьсот') return { hundreds: 1900, at: next(pieces, first + 1) };
  const second = next(pieces, at + 1);
  const isNew = pieces.at(at).norm === 'две' && pieces.at(second).norm === 'тысячи';
  return isNew ? { hundreds: 2000, at: next(pieces, second + 1) } : { hundreds: 0, at };
}

/** «Сорок восьмой», «пятидесятый», «пятнадцатый»; ordinals below twenty only after the hundreds. */
function withinCentury(pieces: Pieces, at: number, isTold: boolean): SpelledYear | null {
  const { norm } = pieces.at(at);
  const tens = TENS.indexOf(norm);
  const unit = tens < 0 ? 0 : valueOf(UNITS, pieces.at(next(pieces, at + 1)).norm);
  if (unit > 0) return { year: String(20 + tens * 10 + unit), end: next(pieces, at + 1) + 1 };
  const whole = valueOf(ROUND, norm) || (isTold ? valueOf(TEENS, norm) || valueOf(UNITS, norm) : 0);
  return whole > 0 ? { year: String(whole).padStart(2, '0'), end: at + 1 } : null;
}

/** «Сорок восьмом году», «тысяча девятьсот пятьдесят второго»; «в сорок седьмом доме» is none. */
export function yearInWords(pieces: Pieces, at: number): SpelledYear | null {
  if (pieces.at(at).kind !== 'word') return null;
  const { hundreds, at: rest } = century(pieces, at);
  const found = withinCentury(pieces, rest, hundreds > 0);
  if (found === null) return null;
  const follows = cueOf(pieces.at(next(pieces, found.end)).norm);
  if (hundreds === 0 && isPublic(follows)) return null;
  return hundreds === 0 ? found : { ...found, year: String(hundreds + Number(found.year)) };
}

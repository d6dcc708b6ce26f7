import type { Near } from './near.ts';
import { isMeasured } from './numbers.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** Letters that exist in both alphabets, in either of them. */
const LETTERS = /^[авекмнорстухabekmhopctyx]+$/u;
const REGION = /^\d{2,3}$/;
/** Two letters that are words: «в 100 км 20 минут» is no plate. */
const WORDS = wordList(
  `км см мм кв ст ук на не он от во ко ну то та те ту но со ум ха ах ох ух ок at on no to
  he me`,
);

const isUpper = (text: string): boolean => text === text.toUpperCase();
const skip = (pieces: Pieces, at: number): number => (/^[ -]$/.test(pieces.at(at).text) ? at + 1 : at);

interface Plate {
  readonly end: number;
  readonly isTight: boolean;
  readonly isUpper: boolean;
  readonly hasRegion: boolean;
  readonly word: string;
}

/** Letters and digits of the lengths given, in turn, tight or with a space; then a region, or none. */
function read(pieces: Pieces, from: number, lengths: readonly number[]): Plate | null {
  let at = from;
  let [isTight, allUpper] = [true, true];
  let word = '';
  for (const [index, length] of lengths.entries()) {
    const next = index === 0 ? at : skip(pieces, at);
    isTight &&= next === at;
    const { kind, text, norm } = pieces.at(next);
    if (text.length !== length || (index > 0 && kind === pieces.at(at - 1).kind)) return null;
    if (kind === 'word' ? !LETTERS.test(norm) : kind !== 'number') return null;
    if (kind === 'word') {
      allUpper &&= isUpper(text);
      if (length === 2) word = norm;
    }
    at = next + 1;
  }
  // «Е 908 КХ/79», «Е 908 КХ / 79»
  const stroke = pieces.at(at).kind === 'space' ? at + 1 : at;
  const isStroke = /^[/|,]$/.test(pieces.at(stroke).text) && lengths.length > 2;
  const region = skip(pieces, isStroke ? stroke + 1 : at);
  const hasRegion = REGION.test(pieces.at(region).text);
  const country = pieces.at(region + 1).kind === 'space' ? region + 2 : region + 1;
  const hasCountry = hasRegion && /^(?:rus|рус)$/u.test(pieces.at(country).norm);
  return {
    end: hasCountry ? country + 1 : hasRegion ? region + 1 : at,
    isTight,
    isUpper: allUpper,
    hasRegion,
    word,
  };
}

/** «А123ВС79», «а 123 вс 79», a trailer's «АВ 1234 79», a bus's «АВ 123 79», a motorcycle's «1234 АВ 79». */
function plate(pieces: Pieces, at: number, near: Near): Plate | null {
  const { kind, text } = pieces.at(at);
  const before = pieces.at(at - 1).kind;
  if (before === 'word' || before === 'number') return null;
  const isCued = near.cue === 'plate';
  if (kind === 'word' && text.length === 1) {
    const found = letterFirst(pieces, at) ?? (isCued ? letterAndYear(pieces, at) : null);
    if (found === null) return null;
    const isSure =
      found.isTight ||
      (found.isUpper && found.hasRegion) ||
      (isCued && (found.hasRegion || (!WORDS.test(found.word) && near.words < 2)));
    const isWord = WORDS.test(found.word) && (!isCued || near.words > 1);
    return isSure && (found.isUpper || found.isTight || !isWord) ? found : null;
  }
  const shapes =
    kind === 'number'
      ? [[4, 2]]
      : [
          [2, 4],
          [2, 3],
        ];
  const other = shapes.map((lengths) => read(pieces, at, lengths)).find((found) => found !== null) ?? null;
  // «ЕА 045 79» of a bus
  const isClear = other !== null && pieces.at(other.end - 1).text.length === 2 && other.isUpper;
  // «Маршрут 105 ат 304 03»
  const isBus = other !== null && !WORDS.test(other.word) && /^(?:автобус|маршрут)/u.test(near.word);
  const isSure =
    isCued ||
    isBus ||
    (isClear && (other.isTight || !WORDS.test(other.word)) && !isMeasured(pieces, other.end));
  return other !== null && isSure && other.hasRegion ? other : null;
}

/** «А 1234»; «в 2023» is a year. */
function letterAndYear(pieces: Pieces, at: number): Plate | null {
  const found = read(pieces, at, [1, 4]);
  return found !== null && (found.isTight || found.isUpper) ? found : null;
}

/** Letter, three digits, two letters; with the two letters and the region written as one run, too. */
const letterFirst = (pieces: Pieces, at: number): Plate | null => read(pieces, at, [1, 3, 2]);

/** «Лодка РАЕ 18-40», «катер Р18-40ХА»: letters, two and two digits, sometimes letters again. */
function boatEnd(pieces: Pieces, at: number, { cue, word, words }: Near): number {
  if (cue !== 'plate' || words > 2 || !/^(?:лодк|катер|мотор)/u.test(word)) return 0;
  const [letters, first] = [pieces.at(at), skip(pieces, at + 1)];
  const isBoat =
    letters.kind === 'word' &&
    letters.text.length <= 3 &&
    pieces.at(first).text.length === 2 &&
    pieces.at(first).kind === 'number' &&
    pieces.at(first + 1).text === '-' &&
    pieces.at(first + 2).kind === 'number' &&
    pieces.at(first + 2).text.length === 2;
  if (!isBoat) return 0;
  const last = skip(pieces, first + 3);
  return pieces.at(last).kind === 'word' && /^[А-Я]{2}$/u.test(pieces.at(last).text) ? last + 1 : first + 3;
}

const VIN_LENGTH = 17;
const VIN_SIGNS = /^[A-HJ-NPR-Z\dАВЕКМНОРСТУХ]+$/iu;

/** Seventeen letters and digits in one run, with at least three digits and three letters. */
function vinEnd(pieces: Pieces, from: number): number {
  let [at, length, digits] = [from, 0, 0];
  for (; length < VIN_LENGTH; at += 1) {
    const { kind, text } = pieces.at(at);
    if ((kind !== 'word' && kind !== 'number') || text.length > VIN_LENGTH || !VIN_SIGNS.test(text)) return 0;
    length += text.length;
    if (kind === 'number') digits += text.length;
  }
  const next = pieces.at(at).kind;
  const isWhole = length === VIN_LENGTH && next !== 'word' && next !== 'number';
  return isWhole && digits >= 3 && length - digits >= 3 ? at : 0;
}

/**
 * The plate or the body number of a car that begins at a piece: the end of it, or 0. By them its owner is
 * found.
 */
export function carEnd(pieces: Pieces, at: number, near: Near): number {
  const before = pieces.at(at - 1).kind;
  const boat = before === 'word' || before === 'number' ? 0 : boatEnd(pieces, at, near);
  if (boat > 0) return boat;
  const found = plate(pieces, at, near);
  if (found !== null) return found.end;
  return before === 'word' || before === 'number' ? 0 : vinEnd(pieces, at);
}

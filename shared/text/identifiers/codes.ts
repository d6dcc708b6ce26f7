import { cueOf } from './cues.ts';
import type { Piece, Pieces } from './pieces.ts';

/** A group of digits or letters of a code. */
export interface CodePart {
  readonly text: string;
  readonly isNumber: boolean;
  /** The signs before it, folded: '' for the first part and for parts that touch. */
  readonly gap: string;
  /** The piece after it. */
  readonly end: number;
  /** How many digits and letters the code has up to here. */
  readonly digits: number;
  readonly letters: number;
}

/** Digits with letters among them: «99 05 № 123456», «ТК-IV 771234». */
export interface Code {
  readonly parts: readonly CodePart[];
  readonly digits: number;
  readonly letters: number;
  readonly end: number;
}

const MOST_PARTS = 12;
const LONGEST_WORD = 6;
/** Of a series a space parts from its number. */
const LONGEST_SERIES = 4;
const LONGEST_GAP = 4;
const JOINTS = new Set(['-', '/', '№', '.', '*', '·', '~', '=']);
/** Endings of ordinals and of counted things: «45-й», «12-го», «3-х». */
const ENDINGS =
  /^(?:й|я|е|го|му|м|х|ти|ю|ая|ый|ое|ом|ми|лет|час|см|мм|км|кг|м|г|гг|р|руб|шт|т|л|кв|вт|квт)$/u;

export const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text);
const isCapital = (text: string): boolean => text.length <= LONGEST_WORD && text === text.toUpperCase();

/** Capital letters, or a few small ones after a dash or a digit: «45/17-сн», «79ЕА 112233». */
function isCodeWord({ text }: Piece, gap: string): boolean {
  if (text.length > LONGEST_WORD || ENDINGS.test(text)) return false;
  return isCapital(text) || (/^[-/]$/.test(gap) && text.length <= 3);
}

/** Signs and spaces between two groups, one for each piece. */
function gapAt(pieces: Pieces, from: number): string {
  let gap = '';
  for (let at = from; gap.length < LONGEST_GAP; at += 1) {
    const { kind, text } = pieces.at(at);
    if (kind !== 'space' && !(kind === 'sign' && JOINTS.has(text))) break;
    gap += text.slice(0, 1);
  }
  return gap;
}

/** «АБ № 123456», «ХХХ № 0123456789», «ВСГ 1234567», but «счёт ТКО № 1000223344». */
/** «IIДВ», «IVАГ»: a Roman numeral and the letters of a certificate run together. */
const ROMAN_SERIES = /^[IVXІХУ]{1,5}[А-ЯЁ]{2}$/u;

export const isSeries = (text: string): boolean =>
  text.length <= 2 || ROMAN_SERIES.test(text) || new Set(text).size === 1 || !/[АЕИОУЭЮЯAEIOUY]/u.test(text);

/** A space alone parts digits of one number, and letters only from a long number after them. */
function isJoined(gap: string, last: CodePart, next: Piece): boolean {
  if (gap.includes(' ') && last.text.length > LONGEST_SERIES && !last.isNumber) return false;
  if (!gap.includes(' ')) return /^(?:|[-/.*·~=№]{1,2})$/u.test(gap);
  if (/^ ?№ ?$/u.test(gap))
    return next.kind === 'number' && (last.isNumber || last.gap !== '' || isSeries(last.text));
  if (last.isNumber && next.kind === 'number') return /^ ?[-/. ] ?$/.test(gap);
  // «79 УК 123456», «НС 1204455»
  const isLong = last.isNumber ? last.text.length === 2 && next.text.length <= 3 : next.text.length >= 5;
  return (
    gap === ' ' &&
    isLong &&
    (last.isNumber ||
      (isCapital(last.text) && (last.gap !== '' || isSeries(last.text) || next.text.length > 8)))
  );
}

/** The code read last: a place is looked at for more than one kind of number. */
const lastRead = new WeakMap<Pieces, { readonly from: number; readonly code: Code | null }>();

/** The longest code that begins at a piece; null when none does. */
export function codeAt(pieces: Pieces, from: number): Code | null {
  const last = lastRead.get(pieces);
  if (last?.from === from) return last.code;
  const code = readCode(pieces, from);
  lastRead.set(pieces, { from, code });
  return code;
}

/** «ОМС № 7952…», «Л/С № 4118…»: the letters name the paper. */
const isNameOfPaper = ({ text, norm }: Piece, gap: string): boolean =>
  (gap === '/' && text.length === 1) ||
  (gap === '-' && norm === 'лс') ||
  (text.length > (gap === '-' ? LONGEST_SERIES : 1) && /[ №-]/.test(gap) && cueOf(norm) !== null);

/** «Счёт 380 400 1175 2) тариф»: the next of a list. */
const isOfList = (pieces: Pieces, at: number, gap: string): boolean =>
  gap === ' ' && pieces.at(at).text.length === 1 && pieces.at(at + 1).text === ')';

/** «142-880-156-22 Ф.И.О.», «402918 1987 года»: what begins after a space belongs to the words after it. */
function isOfNext(pieces: Pieces, at: number, gap: string): boolean {
  if (gap !== ' ') return false;
  const { kind, text } = pieces.at(at);
  const isInitial = kind === 'word' && pieces.at(at + 1).text === '.' && pieces.at(at + 2).kind === 'word';
  return (isInitial && text.length === 1) || (isYear(text) && /^год[ау]?$/u.test(pieces.at(at + 2).norm));
}

function readCode(pieces: Pieces, from: number): Code | null {
  const parts: CodePart[] = [];
  let [at, gap, digits, letters] = [from, '', 0, 0];
  while (parts.length < MOST_PARTS) {
    const piece = pieces.at(at);
    const { kind, text } = piece;
    const last = parts.at(-1);
    if (kind !== 'number' && !(kind === 'word' && isCodeWord(piece, gap))) break;
    if (last !== undefined && (!isJoined(gap, last, piece) || isOfList(pieces, at, gap))) break;
    if (last !== undefined && isOfNext(pieces, at, gap)) break;
    if (kind === 'number') digits += text.length;
    else letters += text.length;
    parts.push({ text, isNumber: kind === 'number', gap, end: at + 1, digits, letters });
    gap = gapAt(pieces, at + 1);
    if (last === undefined && kind === 'word' && isNameOfPaper(piece, gap)) return null;
    at += 1 + gap.length;
  }
  return codeOf(parts);
}

function codeOf(parts: readonly CodePart[]): Code | null {
  const last = parts.at(-1);
  return last === undefined || last.digits === 0 ? null : { parts, ...totals(last) };
}

const totals = ({ digits, letters, end }: CodePart): Omit<Code, 'parts'> => ({ digits, letters, end });

/** The first parts of a code. */
export const firstParts = ({ parts }: Code, count: number): Code | null => codeOf(parts.slice(0, count));

/** The lengths of the groups, letters as `A`: `2,2,6`, `A,6`. */
export const shapeOfCode = ({ parts }: Code): string =>
  parts.map(({ text, isNumber }) => (isNumber ? String(text.length) : 'A')).join(',');

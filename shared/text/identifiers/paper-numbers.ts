import { codeRunAt, isLoose, type CodeRun } from './code-runs.ts';
import { isSeries, isYear } from './codes.ts';
import { cueOf } from './cues.ts';
import { ABBREVIATIONS } from './documents.ts';
import { isMeasured } from './numbers.ts';
import { NUMBER_WORD, paperBefore, type PaperHead } from './paper-heads.ts';
import type { Pieces } from './pieces.ts';

/** Dates, years, sections, hours and the forms of papers: «12.03.24», «2024-25», «3.2.1», «086/у». */
const HARMLESS = [
  /^(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)\d\d|\d\d)$/,
  /^(?:19|20)\d\d(?:[-/.](?:(?:19|20)?\d\d|\d\d?[-/.]\d\d?))?$/,
  /^\d{1,2}(?:\.\d{1,2}){1,3}$/,
  /^24\/7$/,
  /^\d{3}(?:-[а-я]{2})?\/у/u,
  /^\d+[xх]\d+$/u,
  /^\d\d-00(?:-\d\d-00)?$/,
];

/** Enforcement proceedings and fines: anybody finds the debtor by them in the public lists. */
const PROCEEDING = /^\d{1,7}\/\d\d\/\d{5}(?:-[А-Я]{2})?$/iu;
const FINE = /^188\d{17}(?:\d{5})?$/;

const LEAST_SIGNED = 3;
const LEAST_DIRECT = 5;
/** Words may stand between a paper and its number: «договор на подключение газа № …». */
const MOST_SIGNED_WORDS = 5;
const MOST_WORDS = 3;

/** Enough digits to be somebody's number, for what stands before it. */
function isEnough({ digits, letters, text }: CodeRun, { words, isSigned, isDeal }: PaperHead): boolean {
  const isMixed = letters > 0 || digits < text.length;
  if (isSigned) return words <= MOST_SIGNED_WORDS && digits >= (letters > 0 ? 2 : LEAST_SIGNED);
  if (words > MOST_WORDS) return false;
  // «Договор с медцентром М-6390»; elsewhere it may be a lorry: «полис на ПАЗ-3205».
  if (words > 0) return digits >= (isDeal && letters > 0 ? LEAST_DIRECT - 1 : LEAST_DIRECT);
  return digits >= (isMixed ? LEAST_SIGNED : LEAST_DIRECT) || (digits === 2 && letters > 0);
}

/** A series as it stands before its number: «II-ДВ», «27 АВ», «99 41», «ФС», «МСЭ-2019». */
const SERIES_OF_LETTERS = String.raw`[A-ZА-ЯЁ]{1,6}(?:-[A-ZА-ЯЁ\d]{1,4})?|[A-ZА-ЯЁ]{1,2}[а-я]`;
const SERIES_OF_DIGITS = String.raw`\d{1,2}[-/]?\d{0,2}`;
const MIXED_SERIES = String.raw`\d?\d[-/]?[A-ZА-ЯЁ]{1,3}|[A-ZА-ЯЁ]-\d{1,3}`;
const SERIES = new RegExp(`^(?=.{1,9}$)(?:${SERIES_OF_LETTERS}|${SERIES_OF_DIGITS}|${MIXED_SERIES})$`, 'u');

/** «Полис ОМС № 7954…», «удостоверение ЧАЭС № 0318»: capitals that say more of the paper. */
const isOfName = ({ text, digits }: CodeRun): boolean =>
  digits === 0 &&
  !text.includes('-') &&
  text === text.toUpperCase() &&
  (!isSeries(text) || ABBREVIATIONS.test(text.toLowerCase()) || cueOf(text.toLowerCase()) !== null);

interface Whole {
  readonly run: CodeRun;
  readonly end: number;
  readonly digits: number;
}

/** Where the next group of a number begins, over a space and «№»; 0 when none does. */
function nextGroup(pieces: Pieces, end: number): { readonly at: number; readonly isSigned: boolean } {
  let [at, isSigned] = [end, false];
  for (; at < end + 3; at += 1) {
    const { kind, text } = pieces.at(at);
    if (text === '№') isSigned = true;
    else if (kind !== 'space') break;
  }
  return { at, isSigned };
}

const isInThrees = (pieces: Pieces, at: number): boolean =>
  [at, at + 2].every((each) => /^\d{3}$/.test(pieces.at(each).text)) && pieces.at(at + 1).text === ' ';

/** «МСЭ 2015 № 7003162», «ВТЭК-1999 № 214587»: the panel that gives the paper, and a year as its series. */
function yearOfPanel(pieces: Pieces, run: CodeRun): Whole | null {
  const last = /^(?:МСЭ|ВТЭК|ВТЕК|ВВК|ВКК)(?:-?(\d{4}))?$/u.exec(run.text);
  if (last === null) return null;
  const year = nextGroup(pieces, run.end);
  const end = last[1] === undefined ? year.at + 1 : run.end;
  if (last[1] === undefined && (year.isSigned || !isYear(pieces.at(year.at).text))) return null;
  const { at, isSigned } = nextGroup(pieces, end);
  const { kind, text } = pieces.at(at);
  const isNumber = kind === 'number' && text.length >= (isSigned ? LEAST_SIGNED : LEAST_DIRECT);
  return isNumber ? { run, end: at + 1, digits: text.length + 4 } : null;
}

/** «000 154 228», «613 208» after «№»: a number in groups of three, which is no sum. */
function threesAt(pieces: Pieces, run: CodeRun): Whole | null {
  if (!/^\d{3}$/.test(run.text)) return null;
  const { at } = nextGroup(pieces, run.end);
  if (at !== run.end + 1) return null;
  if (isInThrees(pieces, at)) return { run, end: at + 3, digits: 9 };
  return /^\d{3}$/.test(pieces.at(at).text) ? { run, end: at + 1, digits: 6 } : null;
}

/** The run with the groups that go on after it: «РФ-VI ХБР-04 № 0418826», «99 41 № 604417». */
function wholeAt(pieces: Pieces, run: CodeRun): Whole | null {
  const known = yearOfPanel(pieces, run) ?? threesAt(pieces, run);
  if (known !== null) return known;
  if (isOfName(run)) return null;
  let [end, digits, last] = [run.end, run.digits, run];
  for (let groups = 0; groups < 3 && SERIES.test(last.text); groups += 1) {
    const { at, isSigned } = nextGroup(pieces, end);
    const next = at === end ? null : codeRunAt(pieces, at);
    if (next === null) break;
    const isNumber = /^\d[\d-]*$/.test(next.text) && next.digits >= (isSigned ? LEAST_SIGNED : LEAST_DIRECT);
    const isSecond = last.text.includes('-') && next.letters > 0 && SERIES.test(next.text) && !isSigned;
    const isRoman = /^[IVXІ1]{1,4}$/u.test(last.text) && /^[А-ЯЁ]{2}$/u.test(next.text);
    const isLetters = last.letters === 0 && last.digits === 2 && /^[A-ZА-ЯЁ]{2,3}$/u.test(next.text);
    // «IV-ДВ 739 120»
    if (last.letters > 0 && isInThrees(pieces, at)) return { run, end: at + 3, digits: digits + 6 };
    if (!isNumber && !(groups === 0 && (isSecond || isLetters || isRoman))) break;
    end = next.end;
    digits += next.digits;
    last = next;
    if (isNumber) break;
  }
  return digits === 0 || last.digits === 0 ? null : { run, end, digits };
}

const NAMED_AFTER = /^(?:паспорт|удостоверени[ея]|свидетельств[оа]|полис|справк[аи])$/u;
const AHEAD = 14;

/** «530296 паспорт», «25-07, номер 739-120, паспорт»: the paper after its number. */
function isNamedAfter(pieces: Pieces, end: number): boolean {
  for (let at = end; at < end + AHEAD; at += 1) {
    const { kind, norm, text } = pieces.at(at);
    if (kind === 'word' && NAMED_AFTER.test(norm)) return true;
    const isPart = kind === 'number' || kind === 'space' || '№,()-:'.includes(text);
    if (kind === 'end' || !(isPart || NUMBER_WORD.test(norm) || SERIES_WORD.test(norm))) return false;
  }
  return false;
}

/** «№» or «номер» right before a number of some length. */
function isSignedLong(pieces: Pieces, at: number, digits: number): boolean {
  const sign = pieces.at(at - 1).kind === 'space' ? at - 2 : at - 1;
  const isSigned = pieces.at(sign).text === '№' || NUMBER_WORD.test(pieces.at(sign).norm);
  return isSigned && digits >= LEAST_DIRECT;
}

const SERIES_WORD = /^сер(?:и[яиюей]{1,2})?$/u;

/** «Номер 618204, серия II-ДВ»: the series after its number, or before it, with the paper told before. */
function isSeriesAlone(pieces: Pieces, at: number, { text, end }: CodeRun): boolean {
  let back = at - 1;
  while (back > at - 4 && /^[ .:]+$/.test(pieces.at(back).text)) back -= 1;
  return (
    SERIES.test(text) &&
    SERIES_WORD.test(pieces.at(back).norm) &&
    (paperBefore(pieces, back, at) !== null || isNamedAfter(pieces, end))
  );
}

/** «Серия 08 14» of a passport. */
const isHalf = (pieces: Pieces, at: number): boolean =>
  [at, at + 2].every((each) => /^\d\d$/.test(pieces.at(each).text)) && pieces.at(at + 1).text === ' ';

/** The end of a number of a person's paper, in letters, digits, dashes and strokes, or 0. */
export function paperNumberEnd(pieces: Pieces, at: number): number {
  if (!isLoose(pieces, at)) return 0;
  const first = codeRunAt(pieces, at);
  if (first === null) return 0;
  const whole = wholeAt(pieces, first);
  if ((whole === null || whole.end === first.end) && isSeriesAlone(pieces, at, first))
    return isHalf(pieces, at) ? at + 3 : first.end;
  if (whole === null || whole.digits < 2) return 0;
  const { run, end } = whole;
  if (PROCEEDING.test(run.text) || FINE.test(run.text)) return end;
  if (end === run.end && HARMLESS.some((pattern) => pattern.test(run.text.toLowerCase()))) return 0;
  if (isSignedLong(pieces, at, run.digits) && isNamedAfter(pieces, end)) return end;
  const head = paperBefore(pieces, at, end, run.letters > 0 && whole.digits > LEAST_DIRECT);
  if (head === null || !isEnough({ ...run, digits: whole.digits }, head)) return 0;
  if (head.shape !== null && end === run.end && !head.shape.test(run.text)) return 0;
  // «Полис 14 800», «справка за 3 500 рублей»: a count or a sum.
  const isSum = isMeasured(pieces, end) || (run.letters === 0 && end === run.end && run.text.endsWith('000'));
  return isSum && !head.isSigned ? 0 : end;
}

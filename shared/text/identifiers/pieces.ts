import { folded } from './fold.ts';

export type PieceKind = 'word' | 'number' | 'space' | 'break' | 'sign' | 'end';

/** A run of letters, of digits or of spaces, or one other sign. */
export interface Piece {
  readonly kind: PieceKind;
  /** Folded; letters written in place of digits are digits here. */
  readonly text: string;
  /** Lower case, «е» for «ё»; of a word longer than any real one only the beginning. */
  readonly norm: string;
  /** Positions in the text as given. */
  readonly start: number;
  readonly end: number;
}

const END: Piece = { kind: 'end', text: '', norm: '', start: 0, end: 0 };
const LONGEST_NORM = 40;

/**
 * A text taken apart once. Whoever looks for something reads pieces at a bounded distance from where he
 * stands, so the work is linear in the length; `reads` counts it.
 */
export class Pieces {
  readonly all: readonly Piece[];
  reads = 0;

  constructor(text: string) {
    this.all = pieces(text);
  }

  /** The piece at a place; an end before the first and after the last. */
  at(index: number): Piece {
    this.reads += 1;
    return this.all[index] ?? END;
  }
}

const ZERO = 'OoОо';
/** Letters that eyes and optical readers take for digits; believed only between digits. */
const ALIKE: Readonly<Record<string, string>> = {
  З: '3',
  з: '3',
  I: '1',
  l: '1',
  '|': '1',
  б: '6',
  Ч: '4',
  ч: '4',
  Z: '2',
  z: '2',
};
/** So many digits round such a letter make a telephone or a longer number; fewer may be a house: «12б3». */
const LONG_ENOUGH = 9;
const WINDOW = 18;

const isDigit = (sign: string | undefined): boolean => sign !== undefined && sign >= '0' && sign <= '9';
const isZero = (sign: string | undefined): boolean =>
  sign !== undefined && sign !== '' && ZERO.includes(sign);
const isLetter = (sign: string | undefined): boolean =>
  sign !== undefined && (/^[a-zA-ZА-яЁё]$/.test(sign) || (sign > '~' && /^\p{L}$/u.test(sign)));

const isOfNumber = (sign: string): boolean =>
  isDigit(sign) || isZero(sign) || ALIKE[sign] !== undefined || ' -().+'.includes(sign);

function isAlike(text: string, at: number): boolean {
  const isTied = isDigit(text[at - 1]) || (isDigit(text[at + 1]) && !isLetter(text[at - 1]));
  return ALIKE[text[at] ?? ''] !== undefined && !isLetterAfter(text, at) && isTied && isInLong(text, at);
}

/** Two such letters in a row are digits as well: «8924I53I2I2». */
const isLetterAfter = (text: string, at: number): boolean =>
  isLetter(text[at + 1]) && ALIKE[text[at + 1] ?? ''] === undefined;

/** Tells whether so many signs of a number stand round a place that no house or flat has them. */
function isInLong(text: string, at: number): boolean {
  let from = at;
  while (at - from < WINDOW && from > 0 && isOfNumber(text[from - 1] ?? '')) from -= 1;
  const end = at + runEnd(text.slice(at, at + WINDOW), 0, isOfNumber);
  return text.slice(from, end).replaceAll(/[ \-().+]/gu, '').length >= LONG_ENOUGH;
}

/** Where a run of digits ends; letters O between digits, or closing a group, belong to it. */
function digitsEnd(text: string, from: number, isFree: boolean): number {
  let end = from;
  for (;;) {
    while (isDigit(text[end])) end += 1;
    if (!isFree) return end;
    let zeros = end;
    while (isZero(text[zeros])) zeros += 1;
    if (zeros > end && !isLetter(text[zeros])) end = zeros;
    else if (isAlike(text, end)) end += 1;
    else return end;
    if (!isDigit(text[end])) return end;
  }
}

const spelled = (run: string): string => {
  if (/^\d*$/.test(run)) return run;
  return run.replaceAll(/[^\d]/gu, (sign) => (ZERO.includes(sign) ? '0' : (ALIKE[sign] ?? sign)));
};

function runEnd(text: string, from: number, belongs: (sign: string) => boolean): number {
  let end = from;
  while (end < text.length && belongs(text[end] ?? '')) end += 1;
  return end;
}

/** A group of a number may begin with such a letter, too: «924 l53 12 12». */
function leadsWithAlike(text: string, from: number): boolean {
  if (ALIKE[text[from] ?? ''] === undefined || !isDigit(text[from + 1])) return false;
  return (
    (text[from - 1] === ' ' || text[from - 1] === '-') && isDigit(text[from - 2]) && isInLong(text, from)
  );
}

/**
 * A group of a number may begin with letters O: «8-914-О55»; a word before it is a plate's: «машина О777ОО».
 */
function leadsWithZero(text: string, from: number): boolean {
  if (!isZero(text[from])) return false;
  const end = runEnd(text, from, isZero);
  if (end - from > 3 || isLetter(text[end])) return false;
  const before = text[from - 1];
  const isGroup = before === '-' || (before === ' ' && isDigit(text[from - 2])) || before === ')';
  return isGroup && (isDigit(text[end]) || (before === '-' && text[end] === '-'));
}

function pieces(original: string): readonly Piece[] {
  const { text, at } = folded(original);
  const found: Piece[] = [];
  let from = 0;
  const take = (kind: PieceKind, end: number, as = text.slice(from, end)): void => {
    const norm =
      kind === 'word'
        ? as.slice(0, LONGEST_NORM).toLowerCase().replaceAll('ё', 'е')
        : as.slice(0, LONGEST_NORM);
    found.push({ kind, text: as, norm, start: at[from] ?? 0, end: at[end] ?? original.length });
    from = end;
  };
  while (from < text.length) {
    const sign = text[from] ?? '';
    if (isDigit(sign) || leadsWithZero(text, from) || leadsWithAlike(text, from)) {
      const end = digitsEnd(text, from, !isLetter(text[from - 1]));
      take('number', end, spelled(text.slice(from, end)));
    } else if (sign === ' ')
      take(
        'space',
        runEnd(text, from, (letter) => letter === ' '),
      );
    else if (sign === '\n') take('break', from + 1);
    else if (isNumberSign(text, from)) take('sign', from + 1, '№');
    else if (isLetter(sign)) take('word', runEnd(text, from, isLetter));
    else take('sign', from + (isSurrogate(sign) ? 2 : 1));
  }
  return found;
}

/** «N 210-ФЗ»: the Latin letter stands for «№» in laws and on old typewriters. */
const isNumberSign = (text: string, at: number): boolean =>
  text[at] === 'N' && text[at + 1] === ' ' && isDigit(text[at + 2]) && !isLetter(text[at - 1]);

const isSurrogate = (sign: string): boolean => sign >= '\uD800' && sign <= '\uDBFF';

import { cueOf } from './cues.ts';
import type { Near } from './near.ts';
import { isMeasured } from './numbers.ts';
import type { Pieces } from './pieces.ts';

const MOST_PIECES = 9;
const LONGEST_WORD = 4;
const isCapital = (text: string): boolean => text.length <= LONGEST_WORD && text === text.toUpperCase();

/** Letters and digits in one run with dashes and strokes; a number sign may stand between, with spaces. */
interface Code {
  readonly end: number;
  readonly digits: number;
  readonly letters: number;
  /** Lengths of the parts: `2:АА:6` is «80АА123456». */
  readonly shape: string;
}

/** The part after a dash, a stroke, «№» or nothing; `at` when the run ends. */
function joint(pieces: Pieces, at: number, isSeries: boolean): number {
  const { kind } = pieces.at(at);
  const next = pieces.at(at).kind === 'space' ? at + 1 : at;
  const { text } = pieces.at(next);
  if (text === '№') return pieces.at(next + 1).kind === 'space' ? next + 2 : next + 1;
  const isNumberOfSeries = kind === 'space' && isSeries && pieces.at(at + 1).text.length >= 5;
  if (isNumberOfSeries && pieces.at(at + 1).kind === 'number') return at + 1;
  return next === at && (text === '-' || text === '/') ? at + 1 : at;
}

function codeAt(pieces: Pieces, from: number): Code | null {
  let [at, end, digits, letters, shape] = [from, from, 0, 0, ''];
  while (at - from < MOST_PIECES) {
    const { kind, text } = pieces.at(at);
    if (kind === 'number') digits += text.length;
    else if (kind === 'word' && isCapital(text)) letters += text.length;
    else break;
    shape += kind === 'number' ? `${text.length}:` : `${'A'.repeat(text.length)}:`;
    end = at + 1;
    at = joint(pieces, end, letters > 0 && end > from + 1);
    if (at === end && pieces.at(at).kind === kind) break;
  }
  return digits > 0 ? { end, digits, letters, shape } : null;
}

/** «Договор ЭЖ-004512», «договор № ЭЖ-004512», «дог. № …». */
function isOfContract(pieces: Pieces, at: number): boolean {
  const skip = (from: number): number => {
    let back = from;
    for (let signs = 0; signs < 4 && /^(?: +|[.:№]|номер)$/u.test(pieces.at(back).norm); signs += 1)
      back -= 1;
    return back;
  };
  const back = skip(at - 1);
  // «Договор соцнайма № …»
  if (pieces.at(at - 1).text === '№' || pieces.at(at - 2).text === '№')
    if (pieces.at(back - 2).norm.startsWith('договор')) return true;
  return /^дог(?:овор.{0,2})?$/u.test(pieces.at(back).norm);
}

/** The single personal account of housing services, known by its shape: «80АА123456», «80АА123456-01». */
const SINGLE_ACCOUNT = /^2:AA:6:(?:2:)?$/;

/** «ТК-II 1234567», «АТ-IV № 1234567»: a work book is known by the Roman number after its letters. */
const isWorkBook = (pieces: Pieces, at: number, { digits, end }: Code): boolean =>
  /^[А-ЯЁ]{1,3}$/u.test(pieces.at(at).text) &&
  pieces.at(at + 1).text === '-' &&
  /^[IVX]{1,4}$/.test(pieces.at(at + 2).text) &&
  digits >= 6 &&
  pieces.at(end - 1).text.length >= 6;

/**
 * A code of letters and digits of an account, a paper or a contract that begins at a piece; its end, or 0.
 */
export function codeEnd(pieces: Pieces, at: number, near: Near): number {
  const before = pieces.at(at - 1);
  if (before.kind === 'word' || before.kind === 'number' || near.isInside) return 0;
  const code = codeAt(pieces, at);
  if (code === null) return 0;
  // «ОМС № 7952…»: the word names the paper.
  if (pieces.at(at + 1).kind === 'space' && cueOf(pieces.at(at).norm) !== null) return 0;
  const isOfDeal = isOfContract(pieces, at) && code.digits >= 6 && !/(?:^|:)4:(?:$|A|2:$)/.test(code.shape);
  if (isOfDeal && !isMeasured(pieces, code.end)) return code.end;
  if (code.letters === 0) return 0;
  if (SINGLE_ACCOUNT.test(code.shape) || isWorkBook(pieces, at, code)) return code.end;
  const isOfPaper = near.cue === 'account' || near.cue === 'paper' || near.cue === 'passport';
  const isCued = isOfPaper && near.words < 4 && code.digits >= 5;
  return isCued && pieces.at(code.end - 1).kind === 'number' ? code.end : 0;
}

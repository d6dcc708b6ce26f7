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
function joint(pieces: Pieces, at: number): number {
  const next = pieces.at(at).kind === 'space' ? at + 1 : at;
  const { text } = pieces.at(next);
  if (text === '№') return pieces.at(next + 1).kind === 'space' ? next + 2 : next + 1;
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
    at = joint(pieces, end);
    if (at === end && pieces.at(at).kind === kind) break;
  }
  return digits > 0 ? { end, digits, letters, shape } : null;
}

/** «Договор ЭЖ-004512», «договор № ЭЖ-004512», «дог. № …». */
function isOfContract(pieces: Pieces, at: number): boolean {
  let back = at - 1;
  for (let signs = 0; signs < 4 && /^(?: +|[.:№]|номер)$/u.test(pieces.at(back).norm); signs += 1) back -= 1;
  return /^дог(?:овор.{0,2})?$/u.test(pieces.at(back).norm);
}

/** The single personal account of housing services, known by its shape: «80АА123456», «80АА123456-01». */
const SINGLE_ACCOUNT = /^2:AA:6:(?:2:)?$/;

/** A code of letters and digits of an account, a paper or a contract that begins at a piece; its end, or 0. */
export function codeEnd(pieces: Pieces, at: number, near: Near): number {
  const before = pieces.at(at - 1);
  if (before.kind === 'word' || before.kind === 'number' || near.isInside) return 0;
  const code = codeAt(pieces, at);
  if (code === null || cueOf(pieces.at(at).norm) !== null) return 0;
  const isOfDeal = isOfContract(pieces, at) && code.digits >= 6 && !/(?:^|:)4:(?:$|A|2:$)/.test(code.shape);
  if (isOfDeal && !isMeasured(pieces, code.end)) return code.end;
  if (code.letters === 0) return 0;
  if (SINGLE_ACCOUNT.test(code.shape)) return code.end;
  const isOfPaper = near.cue === 'account' || near.cue === 'paper' || near.cue === 'passport';
  const isCued = isOfPaper && near.words < 4 && code.digits >= 5;
  return isCued && pieces.at(code.end - 1).kind === 'number' ? code.end : 0;
}

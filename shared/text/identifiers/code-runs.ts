import type { Pieces } from './pieces.ts';

/** Letters, digits and signs between them without a space: «ХБ-2023/04418», «117-сн», «27.00000.24.118». */
export interface CodeRun {
  readonly text: string;
  readonly digits: number;
  readonly letters: number;
  /** The most digits without a sign or a letter between them. */
  readonly longest: number;
  readonly end: number;
}

const MOST_PIECES = 16;
const JOINTS = '-/._*\\';
/** Small letters in a number are few, capitals no word. */
const LONGEST_SMALL = 3;
const LONGEST_CAPITALS = 6;
/** «45-й», «3-х», «12-го», «7-ми», «20-ти»: counted, not numbered. */
const ORDINAL = /^\d+-?(?:й|я|е|ю|х|ы|го|му|ми|ти|ая|ый|ой|ом|ых|им|ым|шт|м|см|мм|км|кг|т|л|р|руб|г)$/u;

/** Words inside a number are abbreviations: «МСЭ», «сн», «ЛОа». */
const mayStand = (text: string): boolean =>
  text.length <= LONGEST_SMALL || (text.length <= LONGEST_CAPITALS && text === text.toUpperCase());

/** True where nothing ties a place to a letter or a digit before it. */
export function isLoose(pieces: Pieces, at: number): boolean {
  const { kind, text } = pieces.at(at - 1);
  if (kind === 'word' || kind === 'number') return false;
  if (kind !== 'sign' || !'-/._*\\:,+'.includes(text)) return true;
  const before = pieces.at(at - 2).kind;
  // «л.с.00418-226», «договор:118/7»; «12:40» and «3,14» are one.
  return before !== 'number' && (before !== 'word' || '.:,*'.includes(text));
}

/** The run that begins at a piece; null for a word, an ordinal and a part of something longer. */
export function codeRunAt(pieces: Pieces, from: number): CodeRun | null {
  let [digits, letters, longest, text, joint] = [0, 0, 0, '', ''];
  let end = from;
  for (let at = from; at - from < MOST_PIECES; at += 1) {
    const piece = pieces.at(at);
    if (piece.kind === 'sign' && JOINTS.includes(piece.text) && end > from && joint.length < 2) {
      joint += piece.text;
      continue;
    }
    if (piece.kind !== 'number' && piece.kind !== 'word') break;
    if (piece.kind === 'word' && !mayStand(piece.text)) {
      if (joint === '.') break;
      return null;
    }
    if (piece.kind === 'number') {
      digits += piece.text.length;
      longest = Math.max(longest, piece.text.length);
    } else letters += piece.text.length;
    text += joint + piece.text;
    joint = '';
    end = at + 1;
  }
  if (end === from || goesOn(pieces, end) || ORDINAL.test(text)) return null;
  return { text, digits, letters, longest, end };
}

/** «27:23:0030112», «00418,233», «1842+350», «60×27». */
function goesOn(pieces: Pieces, end: number): boolean {
  const { text } = pieces.at(end);
  return /^[:,+×]$/.test(text) && pieces.at(end + 1).kind === 'number';
}

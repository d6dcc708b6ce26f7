import { cueOf } from './cues.ts';
import { abroad, phoneOf, withCode, withAnySigns, withPrefix, type PhoneEnd } from './full-phones.ts';
import type { Near } from './near.ts';
import { gapsOf, goesOn, groupsOfShape, isMeasured, rowAt, type NumberRow } from './numbers.ts';
import type { Pieces } from './pieces.ts';
import { afterCue, inTown } from './town-phones.ts';

/** «215203 — мой телефон», «2-16-90 звонить вечером»: the word comes after. */
function isCalledAfter(pieces: Pieces, end: number): boolean {
  let at = end;
  for (let seen = 0; seen < 3; at += 1) {
    const { kind, text, norm } = pieces.at(at);
    if (kind === 'word') {
      const cue = cueOf(norm);
      if (cue === 'phone' || cue === 'call' || norm === 'спросить') return true;
      if (!/^(?:мой|это|мой|наш|номер|по|этому|можно)$/u.test(norm)) return false;
      seen += 1;
    } else if (kind !== 'space' && !/^[-,(:]$/.test(text)) return false;
  }
  return false;
}

/** «4-55-61 дом., звоните вечером», «4-55-61 дома бываю»: homes are not counted with dashes. */
function isAtHome(pieces: Pieces, end: number): boolean {
  const at = pieces.at(end).kind === 'space' ? end + 1 : end;
  return /^дома?$/u.test(pieces.at(at).norm) && pieces.at(end - 2).text === '-';
}

/** «8 914 555-12-13/14», «… или 14»: another number that differs in the end. */
function variantEnd(pieces: Pieces, end: number): number {
  const isOr = pieces.at(end).kind === 'space' && pieces.at(end + 1).norm === 'или';
  const at = isOr ? end + 3 : end + 1;
  const { kind, text } = pieces.at(at);
  const isJoined = pieces.at(end).text === '/' || isOr;
  const { length } = pieces.at(end - 1).text;
  const isVariant = isJoined && kind === 'number' && text.length === length && length <= 4;
  return isVariant && !goesOn(rowAt(pieces, at), 1) ? at + 1 : end;
}

/** «Пашково 25-1-17»: five digits of a village after its name, with nothing after them. */
function inVillage(pieces: Pieces, from: number, { cue, isDated }: Near): PhoneEnd | null {
  if (pieces.at(from).text.length !== 2) return null;
  const row = rowAt(pieces, from);
  const { text, norm } = pieces.at(from - 2);
  const isNamed =
    cue === null && pieces.at(from - 1).kind === 'space' && text.slice(0, 1) !== norm.slice(0, 1);
  const isTied = gapsOf(row, 3).every((gap) => gap === '-') && !goesOn(row, 3);
  const groups = isNamed && isTied && !isDated ? groupsOfShape(row, '2,1,2') : 0;
  const found = phoneOf(row, groups);
  const isLast = found !== null && /^(?:end|break)$/.test(pieces.at(found.end).kind);
  return isLast ? found : null;
}

const isOfFile = (pieces: Pieces, { ends }: NumberRow): boolean => {
  const end = ends.at(-1) ?? 0;
  return pieces.at(end).text === '.' && /^[a-z]/u.test(pieces.at(end + 1).norm);
};

function numbered(pieces: Pieces, from: number, near: Near): PhoneEnd | null {
  const row = rowAt(pieces, from);
  const strong =
    withPrefix(row, near) ??
    withCode(row, near, false) ??
    (near.isInside ? null : withAnySigns(pieces, from));
  if (strong !== null) return strong;
  // «Image 2022-01-15 at 10.30.45.jpeg»
  if (isOfFile(pieces, row)) return null;
  const weak = inTown(row, near) ?? afterCue(row, near);
  // «Набирал 2 15 20 раз пять»
  const isCalled = near.isPhone && near.words === 0 && gapsOf(row, 3).length === 2;
  if (weak !== null && isCalled) return weak;
  if (weak !== null) return isMeasured(pieces, weak.end) && !isAtHome(pieces, weak.end) ? null : weak;
  const village = inVillage(pieces, from, near);
  if (village !== null) return village;
  const cued = afterCue(row, { ...near, isPhone: !near.isNumbered, words: 0, cue: 'phone' });
  return cued !== null && !isMeasured(pieces, cued.end) && isCalledAfter(pieces, cued.end) ? cued : null;
}

/** A telephone that begins at a number, at a plus or at the bracket before a code. */
export function phoneAt(pieces: Pieces, from: number, near: Near): PhoneEnd | null {
  const sign = pieces.at(from).text;
  if (sign === '+') {
    const number = pieces.at(from + 1).kind === 'space' ? from + 2 : from + 1;
    return pieces.at(number).kind === 'number' ? abroad(rowAt(pieces, number)) : null;
  }
  if (sign === '(') return bracketed(pieces, from, near);
  if (pieces.at(from).kind !== 'number') return null;
  const found = numbered(pieces, from, near);
  return found === null ? null : { ...found, end: variantEnd(pieces, found.end) };
}

function bracketed(pieces: Pieces, from: number, near: Near): PhoneEnd | null {
  const isCode = pieces.at(from + 1).kind === 'number' && pieces.at(from + 2).text === ')';
  if (!isCode) return null;
  const row = rowAt(pieces, from + 1);
  const code = row.digits[0]?.length ?? 0;
  if (code < 3) return withPrefix(row, near);
  const rest = rowAt(pieces, (row.ends[1] ?? 1) - 1);
  const town = row.digits.length > 1 ? inTown(rest, { ...near, isPhone: true }) : null;
  return withPrefix(row, near) ?? withCode(row, near, true) ?? town;
}

import type { Near } from './near.ts';
import { gapsOf, goesOn, groupsOfShape, isMeasured, rowAt, type NumberRow } from './numbers.ts';
import type { Pieces } from './pieces.ts';

/** A series and a number of a passport, as they are copied from it without a word. */
const PASSPORT = ['4,6', '2,2,6'];
/** Fewer digits count something; so many are a number of an account, a paper or a payer. */
const LEAST_DIGITS = 9;

function groupsOfPassport(row: NumberRow): number {
  for (const shape of PASSPORT) {
    const groups = groupsOfShape(row, shape);
    if (groups > 0 && gapsOf(row, groups).every((gap) => /^ ?[ №-] ?$/u.test(gap))) return groups;
  }
  return 0;
}

/**
 * The end of a number that no word tells of and that is too long to count anything, or 0. Numbers of orders,
 * purchases and posts have their words before them and stay.
 */
export function unnamedEnd(pieces: Pieces, at: number, near: Near): number {
  const isPublic = near.cue === 'harmless' || near.cue === 'standard' || near.cue === 'inn';
  const before = pieces.at(at - 1);
  const isTied = before.kind === 'word' || (before.kind === 'sign' && /^[/:=_.,-]$/.test(before.text));
  if (pieces.at(at).kind !== 'number' || isPublic || isTied || near.isInside) return 0;
  const { length } = pieces.at(at).text;
  const isLong = length >= LEAST_DIGITS;
  if (!isLong && length !== 2 && length !== 4) return 0;
  const row = rowAt(pieces, at);
  const groups = groupsOfPassport(row) || (isLong ? 1 : 0);
  const isFree = groups > 0 && !goesOn(row, groups);
  const end = row.ends[groups - 1] ?? 0;
  return isFree && pieces.at(end).text !== ':' && !isMeasured(pieces, end) ? end : 0;
}

import { birthAt } from './births.ts';
import type { Cue } from './cues.ts';
import { documentEnd, unnamedEnd } from './documents.ts';
import { mailAhead, mailAt, type Stretch } from './mail.ts';
import { Context, type Near } from './near.ts';
import { nickAt } from './nicks.ts';
import { paperNumberEnd } from './paper-numbers.ts';
import { phoneAt } from './phones.ts';
import { Pieces } from './pieces.ts';
import { carEnd } from './plates.ts';
import { spelledPaperEnd } from './spelled-papers.ts';
import { spelledPhone } from './spelled-phones.ts';
import { profileAt } from './profiles.ts';

export type IdentifierKind = 'phone' | 'mail' | 'link' | 'nick' | 'number' | 'birth';

/** A stretch of a text, in its own positions, by which a person is found or known. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly start: number;
  readonly end: number;
}

interface Found extends Stretch {
  /** Null: looked at and left, it tells nobody. */
  readonly kind: IdentifierKind | null;
}

const found = (kind: IdentifierKind, stretch: Stretch | null): Found | null =>
  stretch === null ? null : { ...stretch, kind };
const upTo = (kind: IdentifierKind, from: number, end: number): Found | null =>
  end === 0 ? null : { kind, from, end };

function phone(pieces: Pieces, at: number, near: Near): Found | null {
  const end = phoneAt(pieces, at, near) ?? spelledPhone(pieces, at, near);
  return end === null ? null : { kind: end.isPublic ? null : 'phone', from: at, end: end.end };
}

function page(pieces: Pieces, at: number, least: number): Found | null {
  const stretch = profileAt(pieces, at, least);
  return stretch === null ? null : { ...stretch, kind: stretch.isPublic ? null : 'link' };
}

/** A name of an address of mail looks like a nick: «почта anna79 собака лист точка ру». */
function nick(pieces: Pieces, at: number, least: number, near: Near): Found | null {
  const stretch = nickAt(pieces, at, near);
  return stretch === null
    ? null
    : (found('mail', mailAhead(pieces, at, least)) ?? { ...stretch, kind: 'nick' });
}

/** Of two readings of a number the longer one is whole. */
const numberEnd = (pieces: Pieces, at: number, near: Near): number =>
  Math.max(documentEnd(pieces, at, near), paperNumberEnd(pieces, at));

/** «Л/с 88003417265»: in one run right after an account's word it is no free line. */
function isAccount(pieces: Pieces, at: number, { cue, words }: Near): boolean {
  const before = pieces.at(pieces.at(at - 1).kind === 'space' ? at - 2 : at - 1);
  const isNext = before.kind === 'word' || /^[.:№-]$/.test(before.text);
  return cue === 'account' && words < 2 && isNext && pieces.at(at).text.length === 11;
}

/** The identifier that begins at a piece, or stands round it without reaching back before `least`. */
function identifierAt(pieces: Pieces, at: number, least: number, near: Near): Found | null {
  const { kind, text } = pieces.at(at);
  if (kind === 'space' || kind === 'break') return null;
  const named =
    page(pieces, at, least) ?? found('mail', mailAt(pieces, at, least)) ?? nick(pieces, at, least, near);
  if (named !== null) return named;
  if (kind === 'word')
    return (
      upTo('number', at, numberEnd(pieces, at, near)) ??
      upTo('number', at, carEnd(pieces, at, near)) ??
      found('birth', birthAt(pieces, at)) ??
      phone(pieces, at, near) ??
      upTo('number', at, spelledPaperEnd(pieces, at, near)) ??
      upTo('number', at, unnamedEnd(pieces, at, near))
    );
  if (kind !== 'number') return text === '+' || text === '(' ? phone(pieces, at, near) : null;
  const line = phone(pieces, at, near);
  // A free line stays, whatever paper the words before it name: «карта …, горячая линия 8-800-…».
  if (line?.kind === null && !isAccount(pieces, at, near)) return line;
  return (
    found('mail', mailAhead(pieces, at, least)) ??
    found('birth', birthAt(pieces, at)) ??
    upTo('number', at, carEnd(pieces, at, near)) ??
    upTo('number', at, numberEnd(pieces, at, near)) ??
    (line?.kind === null ? null : line) ??
    upTo('phone', at, extensionEnd(pieces, at)) ??
    upTo('number', at, unnamedEnd(pieces, at, near))
  );
}

/** «доб. 12», «вн. 105», «ext. 7» after a telephone. */
function extensionEnd(pieces: Pieces, at: number): number {
  let back = at - 1;
  while (back > at - 4 && /^[ .:(№-]+$/.test(pieces.at(back).text || 'x')) back -= 1;
  const isExtension = /^(?:доб|добав|добавочн.*|внутр|внутренн.*|вн|ext)$/u.test(pieces.at(back).norm);
  return isExtension && pieces.at(at).text.length <= 6 ? at + 1 : 0;
}

/**
 * The telling word a find leaves for the pieces after it: telephones come in rows, names in networks do not.
 */
const CONTINUES: Partial<Record<IdentifierKind, Cue | null>> = {
  phone: 'phone',
  nick: null,
  link: null,
  // «anna@mail.ru или 21533»
  mail: 'call',
};

/**
 * Everything in a text by which a person can be reached or known for certain, from left to right; `reads`
 * counts the work.
 */
export function findIdentifiers(text: string): {
  readonly all: readonly Identifier[];
  readonly reads: number;
} {
  const pieces = new Pieces(text);
  const context = new Context(pieces);
  const all: Identifier[] = [];
  let least = 0;
  for (let at = 0; at < pieces.all.length;) {
    const identifier = identifierAt(pieces, at, least, context.at(at));
    if (identifier === null) {
      context.pass(at);
      at += 1;
      continue;
    }
    if (identifier.kind !== null)
      all.push({
        kind: identifier.kind,
        start: pieces.at(identifier.from).start,
        end: pieces.at(identifier.end - 1).end,
      });
    if (identifier.kind !== null && identifier.kind in CONTINUES)
      context.continue(CONTINUES[identifier.kind] ?? null);
    least = identifier.end;
    at = identifier.end;
  }
  return { all, reads: pieces.reads };
}

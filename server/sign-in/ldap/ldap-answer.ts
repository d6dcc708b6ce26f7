import { bodyOf, elementsOf, wholeNumberOf, NotLdap, type BerElement } from './ber.ts';

/** Somebody or something in a directory. */
export interface LdapEntry {
  readonly dn: string;
  /** By the attribute's name in small letters. */
  readonly values: ReadonlyMap<string, readonly Buffer[]>;
}

/** One message of a directory. */
export type LdapAnswer = { readonly id: number } & (
  | { readonly kind: 'entry'; readonly entry: LdapEntry }
  /** «Look elsewhere»: never followed. */
  | { readonly kind: 'reference' }
  /** The end of what was asked: 0 is success (RFC 4511, A.1). */
  | { readonly kind: 'end'; readonly code: number; readonly text: string }
);

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const ENUMERATED = 0x0a;
const STRING = 0x04;
const ENTRY = 0x64;
const REFERENCE = 0x73;
/** Ends of a bind, a search and an extended operation. */
const ENDS = [0x61, 0x65, 0x78];

const textOf = (element: BerElement | undefined): string => bodyOf(element, STRING).toString('utf8');

function entryOf(body: Buffer): LdapEntry {
  const [dn, list] = elementsOf(body);
  const values = new Map<string, readonly Buffer[]>();
  for (const attribute of elementsOf(bodyOf(list, SEQUENCE))) {
    const [name, set] = elementsOf(bodyOf(attribute, SEQUENCE));
    const found = elementsOf(bodyOf(set, SET)).map((value) => bodyOf(value, STRING));
    values.set(textOf(name).toLowerCase(), found);
  }
  return { dn: textOf(dn), values };
}

/**
 * Reads one message, its controls left out. Throws NotLdap for whatever is not what the standard says to the
 * last byte: `ldapts` itself reads on without end where lengths lie.
 */
export function readAnswer(message: Buffer): LdapAnswer {
  const [first, operation] = elementsOf(bodyOf(elementsOf(message)[0], SEQUENCE));
  const id = wholeNumberOf(bodyOf(first, INTEGER));
  if (operation === undefined) throw new NotLdap();
  const { tag, body } = operation;
  if (tag === ENTRY) return { id, kind: 'entry', entry: entryOf(body) };
  if (tag === REFERENCE) return { id, kind: 'reference' };
  if (!ENDS.includes(tag)) throw new NotLdap();
  const [code, matched, text] = elementsOf(body);
  textOf(matched);
  return { id, kind: 'end', code: wholeNumberOf(bodyOf(code, ENUMERATED)), text: textOf(text) };
}

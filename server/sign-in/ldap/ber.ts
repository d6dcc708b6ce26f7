/** An answer that is no LDAP, or longer than it may be. */
export class NotLdap extends Error {
  override readonly name = 'NotLdap';
}

/** An element of a BER encoding: its tag and what it holds. */
export interface BerElement {
  readonly tag: number;
  readonly body: Buffer;
}

/** Bytes of a length that are read at most: three tell 16 megabytes. */
const LONGEST_LENGTH = 4;

/**
 * Finds where an element ends that begins at `at`; null while its head is not there whole. Throws NotLdap
 * where its length is none.
 */
function headAt(bytes: Buffer, at: number): { readonly from: number; readonly to: number } | null {
  const first = bytes[at + 1];
  if (first === undefined) return null;
  if (first < 0x80) return { from: at + 2, to: at + 2 + first };
  const count = first - 0x80;
  if (count === 0 || count > LONGEST_LENGTH) throw new NotLdap();
  if (bytes.length < at + 2 + count) return null;
  const from = at + 2 + count;
  return { from, to: from + bytes.readUIntBE(at + 2, count) };
}

/** Gives how many bytes the element at the beginning takes; null while nobody can say. Throws NotLdap. */
export const lengthOfFirst = (bytes: Buffer): number | null => headAt(bytes, 0)?.to ?? null;

/** Reads the elements that fill these bytes, to the last one. Throws NotLdap where they do not. */
export function elementsOf(bytes: Buffer): readonly BerElement[] {
  const found: BerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = headAt(bytes, at);
    if (head === null || head.to > bytes.length) throw new NotLdap();
    found.push({ tag: bytes.readUInt8(at), body: bytes.subarray(head.from, head.to) });
    at = head.to;
  }
  return found;
}

/** Gives what an element of this tag holds. Throws NotLdap for any other, or none. */
export function bodyOf(element: BerElement | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new NotLdap();
  return element.body;
}

/** Reads a whole number of four bytes at most. Throws NotLdap. */
export function wholeNumberOf(body: Buffer): number {
  if (body.length === 0 || body.length > 4) throw new NotLdap();
  return body.readIntBE(0, body.length);
}

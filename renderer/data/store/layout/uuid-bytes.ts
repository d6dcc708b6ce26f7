const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const hexWord = (id: string, from: number): number => Number.parseInt(id.slice(from, from + 8), 16);

/**
 * The four 32-bit words of a lower-case UUID, written to `into` at `at`. Throws on anything else: a lossy id
 * would be two rows.
 */
export function writeUuid(id: string, into: Uint32Array, at: number): void {
  if (!UUID.test(id)) throw new Error(`Not a lower-case UUID: ${id}`);
  into[at] = hexWord(id, 0);
  into[at + 1] = Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16);
  into[at + 2] = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16);
  into[at + 3] = hexWord(id, 28);
}

const hex4 = (word: number): string => (HEX[word >>> 8] ?? '') + (HEX[word & 255] ?? '');
const hex8 = (word: number): string => hex4(word >>> 16) + hex4(word & 65_535);

/** The UUID made of four 32-bit words. */
export function readUuid(words: Uint32Array, at: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
  return `${hex8(a)}-${hex4(b >>> 16)}-${hex4(b & 65_535)}-${hex4(c >>> 16)}-${hex4(c & 65_535)}${hex8(d)}`;
}

/** Spreads a UUID over 32 bits; its random tail does most of the work. */
export function hashUuid(words: Uint32Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ d, 0x27d4eb2f);
  return (hash ^ (hash >>> 16)) >>> 0;
}

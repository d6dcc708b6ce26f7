/** The part of the platform's decoder that both Node and browsers have. */
interface Decoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}
declare const TextDecoder: new (label: string) => Decoder;

/** Encodings tried in this order: what programs write, then what old Russian ones wrote. */
export const ENCODINGS = [
  'utf-8',
  'windows-1251',
  'utf-16le',
  'utf-16be',
  'ibm866',
  'koi8-r',
  'x-mac-cyrillic',
] as const;
/** See {@link ENCODINGS}. */
export type TextEncoding = (typeof ENCODINGS)[number];

/** The encoding that a byte order mark tells, or null. */
export function markedEncoding(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
}

/** Decodes the beginning of a file; a character cut in two at its end is left out. */
export const decodeHead = (head: Uint8Array, encoding: TextEncoding): string =>
  new TextDecoder(encoding).decode(head, { stream: true });

/**
 * Decodes piece by piece: a character may be cut in two between pieces. Without bytes it gives what is left
 * at the end.
 */
export function textReader(encoding: TextEncoding): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder(encoding);
  return (bytes) => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}

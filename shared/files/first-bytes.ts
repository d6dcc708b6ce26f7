/** Tells whether bytes, or a Latin text, stand at an offset. */
export function startsWith(bytes: Uint8Array, start: readonly number[] | string, offset = 0): boolean {
  const wanted = typeof start === 'string' ? [...start].map((sign) => sign.charCodeAt(0)) : start;
  return wanted.every((byte, index) => bytes[offset + index] === byte);
}

/** Four letters that name a part of a file, read as Latin-1. */
export const nameAt = (bytes: Uint8Array, offset: number): string =>
  String.fromCharCode(...bytes.subarray(offset, offset + 4));

/** Brands of ISO/IEC 23008-12 (HEIF) that cameras write with HEVC inside; AVIF is another. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** Tells whether a file is an iPhone's photo in its own format, which neither browsers nor networks show. */
export const isHeic = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 'ftyp', 4) && HEIC_BRANDS.includes(nameAt(bytes, 8));

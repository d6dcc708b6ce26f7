/** Tag of TIFF 6.0 that says how a picture is to be turned, 1–8. */
const ORIENTATION = 0x0112;
const MAX_ENTRIES = 1000;

/**
 * The orientation that EXIF says, from its TIFF header on; 1 (as it is) where it says none that can be read.
 */
export function orientationOf(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 14) return 1;
  const order = view.getUint16(0);
  const isLittle = order === 0x4949;
  if (!isLittle && order !== 0x4d4d) return 1;
  const start = view.getUint32(4, isLittle);
  if (start + 2 > tiff.length) return 1;
  const count = Math.min(view.getUint16(start, isLittle), MAX_ENTRIES);
  for (let at = start + 2, index = 0; index < count && at + 12 <= tiff.length; at += 12, index += 1) {
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** EXIF that says the orientation and nothing else. */
// prettier-ignore
export const orientationTiff = (orientation: number): Uint8Array =>
  Uint8Array.from([
    0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
  ]);

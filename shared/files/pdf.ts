import { startsWith } from './first-bytes.ts';

/** Readers look for the end of a PDF in its last kilobyte; some writers put more there. */
const TAIL = 2048;
/** A ZIP's end may have a comment of so many bytes behind its 22. */
const ZIP_TAIL = 22 + 0xffff;

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/**
 * Tells whether the file is, from its end, an archive as well: its last record's comment reaches exactly to
 * the end.
 */
function isArchiveToo(bytes: Uint8Array): boolean {
  const start = Math.max(0, bytes.length - ZIP_TAIL);
  for (
    let at = bytes.indexOf(0x50, start);
    at >= 0 && at + 22 <= bytes.length;
    at = bytes.indexOf(0x50, at + 1)
  ) {
    const comment = (bytes[at + 20] ?? 0) + (bytes[at + 21] ?? 0) * 256;
    if (startsWith(bytes, [0x50, 0x4b, 5, 6], at) && at + 22 + comment === bytes.length) return true;
  }
  return false;
}

/**
 * Checks a PDF (ISO 32000-2, 7.5): it begins at the first byte, its last word is `%%EOF` with the place of
 * its table before it, nothing stands behind, and it is no archive from its end. It is not looked into:
 * nothing of Pult opens one, and it goes to nobody but as a file.
 */
export function pdfProblem(bytes: Uint8Array): 'damaged' | 'hidden_content' | null {
  if (!/^%PDF-[12]\.\d/.test(latin(bytes.subarray(0, 8)))) return 'damaged';
  if (isArchiveToo(bytes)) return 'hidden_content';
  const tail = latin(bytes.subarray(-TAIL));
  const end = tail.lastIndexOf('%%EOF');
  if (end < 0 || !/startxref\s+\d+\s+$/.test(tail.slice(0, end))) return 'damaged';
  return /^[\s\0]*$/.test(tail.slice(end + 5)) ? null : 'hidden_content';
}

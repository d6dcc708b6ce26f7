/**
 * A text without such signs at its end. A pattern for that (`/[\s.]+$/`) begins anew at every sign of a run
 * inside the text, which takes the square of its length.
 */
export function trimSignsEnd(text: string, isCut: (sign: string) => boolean): string {
  let end = text.length;
  while (end > 0 && isCut(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** A text without such signs at either end. */
export function trimSigns(text: string, isCut: (sign: string) => boolean): string {
  let start = 0;
  while (start < text.length && isCut(text.charAt(start))) start += 1;
  return trimSignsEnd(text.slice(start), isCut);
}

/** True for a space in any of its kinds, and for a line end. */
export const isSpace = (sign: string): boolean => sign.trim() === '';

/**
 * A text in which every way to write a digit, a dash, a space or a bracket is one, with the way back to the
 * text as given.
 */
export interface Folded {
  readonly text: string;
  /** Position in the given text of each unit of `text`, and one more: where the given text ends. */
  readonly at: Uint32Array;
}

/**
 * Seen by nobody: soft hyphens, joiners, direction marks, accents, variation selectors, the frame of a
 * keycap.
 */
const INVISIBLE = /^[\p{M}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]$/u;
const DASH = /^[\p{Pd}\u2043\u2212\u02D7]$/u;
const SPACE = /^[^\S\n\r\u2028\u2029]$/u;
const BREAK = /^[\n\r\u2028\u2029]$/u;
/** Decimal digits of any script or style, and digits in circles. */
const DIGIT = /^[\p{Nd}\u2460-\u2468\u24EA\u2776-\u277E]$/u;
const FULL_WIDTH = /^[\uFF01-\uFF5E]$/u;

/** The dingbats of 1 to 9 have no decomposition; ten to the row, like all decimal digits. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x2776 && code <= 0x277e) return String(code - 0x2775);
  const plain = sign.normalize('NFKC');
  if (/^\d$/.test(plain)) return plain;
  // Digits of other scripts stand in unbroken rows of ten: the way down to the first of the row is the value.
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

function foldedSign(sign: string): string {
  if (sign >= ' ' && sign <= '~') return sign;
  if (/^[А-яЁё№«»]$/.test(sign)) return sign;
  if (BREAK.test(sign)) return '\n';
  if (SPACE.test(sign)) return ' ';
  if (INVISIBLE.test(sign)) return '';
  if (DIGIT.test(sign)) return digitOf(sign);
  if (DASH.test(sign)) return '-';
  return FULL_WIDTH.test(sign) ? sign.normalize('NFKC') : sign;
}

/** Reads a text once, sign by sign. */
export function folded(text: string): Folded {
  const parts: string[] = [];
  const at: number[] = [];
  let position = 0;
  for (const sign of text) {
    const plain = foldedSign(sign);
    parts.push(plain);
    for (let unit = 0; unit < plain.length; unit += 1) at.push(position);
    position += sign.length;
  }
  at.push(position);
  return { text: parts.join(''), at: Uint32Array.from(at) };
}

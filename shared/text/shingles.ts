import { normaliseText, searchTerms } from './tokens.ts';

/** Words of one shingle. Three stems in a row seldom meet by chance, yet survive a changed word or two. */
const SIZE = 3;

/** A name in brackets ends at the next bracket: sought past it, brackets without an end take squared time. */
const MARKUP = /https?:\/\/\S+|\[(?:club|id)\d+\|[^[\]]*\]|<br>/g;

/** FNV-1a over UTF-16 units: 32 bits are plenty for sets of a few hundred. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/**
 * The fingerprint of a text for comparing: sorted different hashes of three stems in a row, stop words, links
 * and markup left out. Shorter texts give their words. Compute once a text and keep.
 */
export function shinglesOf(text: string): Uint32Array {
  const clean = normaliseText(text).replaceAll(MARKUP, ' ');
  const terms = searchTerms(clean);
  const parts =
    terms.length <= SIZE
      ? terms
      : terms.slice(SIZE - 1).map((_, index) => terms.slice(index, index + SIZE).join(' '));
  return Uint32Array.from(new Set(parts.map(hash))).toSorted();
}

/** Jaccard similarity of two fingerprints, 0 … 1; 0 when either is empty. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left = 0, right = 0] = [a[i], b[j]];
    common += left === right ? 1 : 0;
    i += left <= right ? 1 : 0;
    j += right <= left ? 1 : 0;
  }
  const union = a.length + b.length - common;
  return union === 0 ? 0 : common / union;
}

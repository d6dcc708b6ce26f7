/**
 * 53-bit hash of a text, the same on both sides: FNV-1a in two halves. No cryptography is needed against an
 * honest peer, only independence of ordering.
 */
export function stableHash(text: string): bigint {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193) >>> 0;
    high = Math.imul(high ^ (code + index), 0x85ebca6b) >>> 0;
  }
  return (BigInt(high >>> 11) << 32n) | BigInt(low);
}

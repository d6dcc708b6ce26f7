const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of bytes. Our own, for neither side's is known to both. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const sign = (shift: number): string => SIGNS.charAt((three >> shift) & 63);
    parts.push(sign(18), sign(12), left > 1 ? sign(6) : '=', left > 2 ? sign(0) : '=');
  }
  return parts.join('');
}

/** Bytes that a text is the base64 of; null where it is not exactly what {@link toBase64} writes. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  for (let at = 0, from = 0; from < letters.length; from += 4, at += 3) {
    const [a = -1, b = -1, c = 0, d = 0] = Array.from(letters.slice(from, from + 4), (sign) =>
      SIGNS.indexOf(sign),
    );
    if (a < 0 || b < 0 || c < 0 || d < 0) return null;
    const three = (a << 18) | (b << 12) | (c << 6) | d;
    bytes.set([three >> 16, (three >> 8) & 255, three & 255].slice(0, bytes.length - at), at);
  }
  return toBase64(bytes) === text ? bytes : null;
}

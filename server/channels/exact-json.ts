/**
 * JSON with whole numbers above 2^53 kept as their digits, in a string: networks number messages with 64 bits, and
 * `JSON.parse` alone rounds them. Throws SyntaxError.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source ?? '';
    return /^-?\d+$/.test(source) ? source : value;
  });
}

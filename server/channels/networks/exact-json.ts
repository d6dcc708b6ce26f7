import { z } from 'zod';

/**
 * JSON with whole numbers above 2^53 kept as their digits, in a string: networks number messages with 64
 * bits, and `JSON.parse` alone rounds them. Throws SyntaxError.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source ?? '';
    return /^-?\d+$/.test(source) ? source : value;
  });
}

/** A whole number of a network's as {@link parseExact} gives it, made decimal digits whatever its width. */
export const digits = z.union([z.int(), z.string().regex(/^-?\d{1,20}$/)]).transform(String);

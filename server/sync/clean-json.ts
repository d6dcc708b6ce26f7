import { cleanText } from '#shared/text/clean-text.ts';

const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/**
 * The value with every string made storable: PostgreSQL's JSON knows neither NUL nor half of a surrogate
 * pair, and one such character pasted into a reply must not hold up an outbox for ever.
 */
export function cleanJson(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  return UNSTORABLE.test(text) ? cleanDeep(value) : value;
}

function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [cleanText(key), cleanDeep(field)]));
}

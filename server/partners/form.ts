import { cleanText } from '#shared/text/clean-text.ts';
import { Open311Failure } from './failures.ts';

/** Fields of a query or a posted form: the values of each name, in their order. */
export type Form = ReadonlyMap<string, readonly string[]>;

function decode(text: string): string {
  try {
    return cleanText(decodeURIComponent(text.replaceAll('+', ' ')));
  } catch {
    throw new Open311Failure('encoding');
  }
}

/**
 * Reads `application/x-www-form-urlencoded`. URLSearchParams would quietly replace bytes that are no UTF-8;
 * here they are refused.
 */
export function parseForm(text: string): Form {
  const form = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1)).trim();
    const values = form.get(name);
    if (values === undefined) form.set(name, [value]);
    else values.push(value);
  }
  return form;
}

/** Reads the bytes of a posted form. */
export function parseBody(body: Buffer): Form {
  try {
    return parseForm(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw error instanceof Open311Failure ? error : new Open311Failure('encoding');
  }
}

/** All values of a field but empty ones. */
export const valuesOf = (form: Form, name: string): readonly string[] =>
  (form.get(name) ?? []).filter((value) => value !== '');

/** A field, the first of its name, or null when it is missing or empty. */
export const fieldOf = (form: Form, name: string): string | null => form.get(name)?.[0] || null;

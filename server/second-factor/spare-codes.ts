import { createHmac, randomInt } from 'node:crypto';

/** Codes that are given at once. */
export const SPARES = 10;
/** Letters and digits that are told apart when they are copied from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;

/** Makes spare codes of some 49 bits each: `k7mxp-2qa9d`. */
export const newSpares = (): string[] =>
  Array.from({ length: SPARES }, () => {
    const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
  });

/** A code as it was typed, without what people put between its letters. */
export const plainCode = (typed: string): string => typed.toLowerCase().replaceAll(/[\s-]/g, '');

/**
 * Hash that is kept of a spare code. By the installation's key, which is not in the database: a copy of that
 * alone tells nobody which codes would fit.
 */
export const spareHash = (key: Buffer, account: string, code: string): string =>
  createHmac('sha256', key)
    .update(`spare/${account}/${plainCode(code)}`)
    .digest('hex');

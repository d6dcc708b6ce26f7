import { randomInt } from 'node:crypto';

/** Letters and digits that are told apart when they are read aloud or copied from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Makes a password for one login, about 79 bits: `k7mx-p2qa-9dhe-w4tc`. */
export const oneTimePassword = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-');

import { createHash } from 'node:crypto';

/** SHA-256 of a text in hex: the key of an event that its network gave no name. */
export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

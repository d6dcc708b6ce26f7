import type { Author, Place } from './incident.ts';

/** 32-bit FNV-1a of a text without regard to case and spaces around; 0 for an empty one. */
export function textKey(text: string): number {
  const norm = text.trim().toLowerCase();
  if (norm === '') return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < norm.length; index += 1)
    hash = Math.imul(hash ^ norm.charCodeAt(index), 0x01000193);
  return hash >>> 0 || 1;
}

/** Equal for messages of one author; 0 where the author is unknown or hidden. */
export const authorKey = ({ url }: Author): number => textKey(url);

/** Equal for messages about one address or object; 0 for those that name only a settlement. */
export const placeKey = ({ settlement, street, house, object }: Place): number =>
  street === '' && object === '' ? 0 : textKey([settlement, street, house, object].join('|'));

import { defaultDictionary, shippedRenames } from './data/default-dictionary.ts';
import { buildDictionary, lastOf, topicSchema, type Dictionary, type Topic } from './dictionary.ts';
import { readableOf } from './readable.ts';

/**
 * The dictionary of a region: its topics, and what each became. Where its own topics say nothing, the renames
 * that are known of the registry's dictionary stay.
 */
export const regionDictionary = (rows: readonly unknown[]): Dictionary =>
  buildDictionary(readableOf(topicSchema, rows), shippedRenames);

/**
 * True for a topic that is over or ends by a day and of which neither anybody nor the registry's own
 * dictionary says what it became. One whose name goes on needs no word, nor does one that was never in force.
 */
export function isUnsaid(topic: Topic, { byName }: Pick<Dictionary, 'byName'>): boolean {
  const { name, validFrom, validTo, successors } = topic;
  if (validTo === null || successors !== undefined || defaultDictionary.byName.has(name)) return false;
  if (validFrom !== null && validTo <= validFrom) return false;
  return lastOf(byName.get(name) ?? [])?.validTo === validTo;
}

import { groupOf, renamedTo, type Dictionary } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { groupOfKey, topicKey } from '#shared/report/facts/past.ts';

/**
 * Counts by topic of an earlier period under the names in force at `at`, so that a topic the dictionary
 * renamed meanwhile is neither said to rise from nothing nor to have ceased. Names still in use (`now`), and
 * those without a successor, stay as they are.
 */
export function underNewNames(
  before: ReadonlyMap<string, number>,
  now: ReadonlySet<string>,
  at: Instant,
  dictionary: Dictionary,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [key, count] of before) {
    const name = now.has(key) ? key : (newKey(key, at, dictionary) ?? key);
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return counts;
}

function newKey(key: string, at: Instant, dictionary: Dictionary): string | null {
  const topic = key.slice(groupOfKey(key).length + 1);
  const name = renamedTo(dictionary, topic, at);
  if (name === null || name === topic) return null;
  const group = groupOf(dictionary, name, at);
  return group === null ? null : topicKey(group, name);
}

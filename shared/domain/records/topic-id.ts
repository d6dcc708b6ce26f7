import { v5 } from 'uuid';
import type { Topic } from '#shared/domain/dictionary.ts';

/** Ours; any other would do, but never two of them. */
const NAMESPACE = '6e1b7a52-0f0c-4c47-8b44-3d6f0c6f0d9e';

/**
 * The id of a new topic: made of its group and name, so that what two people write down of one topic meets. A
 * name that comes back after it ended has a second, and so on.
 */
export function topicIdOf(
  { group, name }: Pick<Topic, 'group' | 'name'>,
  taken: { has(id: string): boolean },
): string {
  for (let nth = 1; ; nth += 1) {
    const id = v5(JSON.stringify([group, name, nth]), NAMESPACE);
    if (!taken.has(id)) return id;
  }
}

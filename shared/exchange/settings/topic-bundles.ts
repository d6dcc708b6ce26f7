import type { Topic } from '#shared/domain/dictionary.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';

interface ChangedTopic {
  readonly row: Topic;
  readonly before: Topic | null;
}

/** Names by which a changed topic and another may be judged on each other. */
const topicNames = ({ row, before }: ChangedTopic): readonly string[] =>
  [row, before].flatMap((topic) =>
    topic === null
      ? []
      : [topic.name, topic.shortName ?? '', ...(topic.successors ?? [])].filter(Boolean).map(rememberedLooks),
  );

/**
 * Puts topics that name or look like one another into one bundle, which one command must hold: a topic that
 * ends and the one that goes on with it are accepted together or not at all. Bundles that bring new topics
 * come first, so that the old ones never end before any is there.
 */
export const topicBundles = <T extends ChangedTopic>(rows: readonly T[]): readonly (readonly T[])[] =>
  bundlesBy(rows, topicNames);

/** Puts rows that have a name in common into one bundle. */
export function bundlesBy<T extends { readonly before: unknown }>(
  rows: readonly T[],
  namesOf: (row: T) => readonly string[],
): readonly (readonly T[])[] {
  const parents = rows.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  const firstOf = new Map<string, number>();
  for (const [index, row] of rows.entries())
    for (const name of namesOf(row)) {
      const first = firstOf.get(name);
      if (first === undefined) firstOf.set(name, index);
      else parents[rootOf(index)] = rootOf(first);
    }
  const bundles = [...Map.groupBy(rows.entries(), ([index]) => rootOf(index)).values()].map((bundle) =>
    bundle.map(([, row]) => row),
  );
  const bringsNew = (bundle: readonly T[]): boolean => bundle.some(({ before }) => before === null);
  return [...bundles.filter(bringsNew), ...bundles.filter((bundle) => !bringsNew(bundle))];
}

import { existsAt } from './directory.ts';
import type { Instant } from './instant.ts';
import type { RoutingRule } from './routing.ts';

/** A topic and a place that no route leads from. */
export interface RouteGap {
  readonly topic: string;
  readonly group: string;
  readonly municipality: string;
}

export interface RouteCover {
  /** Pairs of topic and place that there are. */
  readonly pairs: number;
  readonly gaps: readonly RouteGap[];
}

interface Named {
  readonly topics: readonly { readonly name: string; readonly group: string }[];
  readonly municipalities: readonly { readonly name: string }[];
}

const key = (...names: readonly (string | undefined)[]): string =>
  JSON.stringify(names.map((name) => name ?? null));

/**
 * Says which of all pairs of topic and place have no route at a moment, not even a default of the group or of
 * the place. Topics in the order they are given, places within each.
 */
export function coverOf(
  routes: readonly RoutingRule[],
  { topics, municipalities }: Named,
  at: Instant,
): RouteCover {
  const live = new Set(
    routes
      .filter((route) => existsAt(route, at))
      .map(({ topic, group, municipality }) => key(topic, group, municipality)),
  );
  const gaps = topics.flatMap(({ name: topic, group }) => {
    const ways = [
      [topic, undefined],
      [topic, group],
      [undefined, group],
    ] as const;
    if (ways.some(([t, g]) => live.has(key(t, g, undefined)))) return [];
    return municipalities
      .filter(
        ({ name }) =>
          !live.has(key(undefined, undefined, name)) && !ways.some(([t, g]) => live.has(key(t, g, name))),
      )
      .map(({ name: municipality }) => ({ topic, group, municipality }));
  });
  return { pairs: topics.length * municipalities.length, gaps };
}

import { existsAt } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { looksOf } from '#shared/domain/records/looks.ts';
import { coverOf, type RouteCover, type RouteGap } from '#shared/domain/route-cover.ts';
import type { RoutePair, RoutingRule } from '#shared/domain/routing.ts';
import { topicsInForce, type Reference } from '#renderer/kit/context/reference.ts';

/** Parts of the list: routes in force or to come, pairs without a route, routes that ended. */
export const ROUTE_SHELVES = ['open', 'gaps', 'closed'] as const;
export type RouteShelf = (typeof ROUTE_SHELVES)[number];

/** A line of the list; a group of topics comes before its own. `group` '' is for all topics. */
export type RouteLine =
  | { readonly kind: 'group'; readonly group: string; readonly count: number }
  | { readonly kind: 'route'; readonly route: RoutingRule }
  | { readonly kind: 'gap'; readonly gap: RouteGap };

export const isOver = ({ validTo }: RoutingRule, now: Instant): boolean =>
  validTo !== undefined && validTo <= now;

/** The cover of all pairs of a topic and a place that are in force. */
export function coverNow(reference: Reference, now: Instant): RouteCover {
  const topics = topicsInForce(reference, now).toSorted(
    (a, b) => a.group.localeCompare(b.group, 'ru') || a.name.localeCompare(b.name, 'ru'),
  );
  const municipalities = reference.municipalities.filter((place) => existsAt(place, now));
  return coverOf(reference.routes, { topics, municipalities }, now);
}

/** Remembers what a function made of a word: fourteen thousand routes name four hundred things. */
const remembered = <T>(of: (word: string) => T): ((word: string) => T) => {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const made = of(word);
    known.set(word, made);
    return made;
  };
};

/** Finds and orders the lines of a list; made once for a state of the reference data. */
export class RouteList {
  readonly #groupOf: (route: RoutePair) => string;
  readonly #ordered: readonly RoutingRule[];
  readonly #rowsOf: (route: RoutingRule) => readonly string[];
  readonly #placesOf: (name: string) => readonly string[];
  readonly #looks = remembered(looksOf);

  constructor(reference: Reference) {
    const groups = new Map(reference.topics.map(({ name, group }) => [name, group]));
    this.#groupOf = ({ topic, group }) => group ?? groups.get(topic ?? '') ?? '';
    const agencies = new Map(
      reference.agencies.map(({ id, name, shortName }) => [id, [name, shortName] as const]),
    );
    const places = new Map(reference.municipalities.map(({ name, shortName }) => [name, shortName]));
    this.#placesOf = (name) => [name, places.get(name) ?? ''];
    this.#rowsOf = (route) => [...(agencies.get(route.agency) ?? [route.agency]), route.unit ?? ''];
    this.#ordered = inOrder(reference.routes, this.#groupOf);
  }

  /** Routes of a shelf, group by group. */
  routes(shelf: 'open' | 'closed', query: string, now: Instant): readonly RouteLine[] {
    const isFound = this.#test(query);
    const shown = this.#ordered.filter(
      (route) => isOver(route, now) === (shelf === 'closed') && isFound(route, this.#rowsOf(route)),
    );
    return grouped(shown, this.#groupOf, (route) => ({ kind: 'route', route }));
  }

  /** Pairs without a route, group by group. */
  gaps(gaps: readonly RouteGap[], query: string): readonly RouteLine[] {
    const isFound = this.#test(query);
    return grouped(
      gaps.filter((gap) => isFound(gap, [])),
      this.#groupOf,
      (gap) => ({ kind: 'gap', gap }),
    );
  }

  /** Every word must look like a part of a name that the line shows. */
  #test(query: string): (pair: RoutePair, more: readonly string[]) => boolean {
    const words = query.split(/\s+/).map(looksOf).filter(Boolean);
    if (words.length === 0) return () => true;
    return (pair, more) => {
      const names = [
        pair.topic ?? '',
        this.#groupOf(pair),
        ...this.#placesOf(pair.municipality ?? ''),
        ...more,
      ];
      const looks = names.map(this.#looks);
      return words.every((word) => looks.some((name) => name.includes(word)));
    };
  }
}

/** Ranks of names in alphabetical order: comparing numbers is a hundred times faster. */
function ranksOf(names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const { compare } = new Intl.Collator('ru');
  return new Map([...names].toSorted(compare).map((name, rank) => [name, rank]));
}

/** All topics first, then group by group; within one what is for all of it, then topic by topic. */
function inOrder(
  routes: readonly RoutingRule[],
  groupOf: (route: RoutePair) => string,
): readonly RoutingRule[] {
  const names = new Set(
    routes.flatMap((route) => [groupOf(route), route.topic ?? '', route.municipality ?? '']),
  );
  const ranks = ranksOf(names);
  const rank = (name: string | undefined): number => ranks.get(name ?? '') ?? 0;
  return routes.toSorted(
    (a, b) =>
      rank(groupOf(a)) - rank(groupOf(b)) ||
      rank(a.topic) - rank(b.topic) ||
      rank(a.municipality) - rank(b.municipality) ||
      (a.validFrom ?? -Infinity) - (b.validFrom ?? -Infinity) ||
      (a.id < b.id ? -1 : 1),
  );
}

function grouped<T extends RoutePair>(
  rows: readonly T[],
  groupOf: (row: RoutePair) => string,
  line: (row: T) => RouteLine,
): readonly RouteLine[] {
  return [...Map.groupBy(rows, groupOf)].flatMap(([group, own]) => [
    { kind: 'group', group, count: own.length } as const,
    ...own.map(line),
  ]);
}

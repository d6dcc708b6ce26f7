import { topicSchema } from '#shared/domain/dictionary.ts';
import { municipalitySchema } from '#shared/domain/directory.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { pairKey, routingRuleSchema, type RoutingRule } from '#shared/domain/routing.ts';

/** Routes of one pair of topic and place, for each pair that has any. */
export type RoutesByPair = ReadonlyMap<string, readonly RoutingRule[]>;

/** Names that a route may lead from, and the routes that are there already. */
export interface RouteSurroundings {
  /** Groups that have a topic of this name, in any version of the dictionary. */
  readonly groupsOfTopic: ReadonlyMap<string, ReadonlySet<string>>;
  readonly groups: ReadonlySet<string>;
  readonly municipalities: ReadonlySet<string>;
  readonly routes: RoutesByPair;
}

/** Reference rows of a kind as they are stored. */
export type RowsOfKind = (kind: 'topic' | 'municipality' | 'route') => readonly unknown[];

export const routesByPair = (routes: readonly RoutingRule[]): Map<string, readonly RoutingRule[]> =>
  Map.groupBy(routes, pairKey);

/** Reads what the judge of a route looks at; rows that cannot be read are left out. */
export function routeSurroundings(rowsOf: RowsOfKind): RouteSurroundings {
  const topics = readableOf(topicSchema, rowsOf('topic'));
  const byName = Map.groupBy(topics, ({ name }) => name);
  return {
    groupsOfTopic: new Map(
      [...byName].map(([name, same]) => [name, new Set(same.map(({ group }) => group))]),
    ),
    groups: new Set(topics.map(({ group }) => group)),
    municipalities: new Set(readableOf(municipalitySchema, rowsOf('municipality')).map(({ name }) => name)),
    routes: routesByPair(readableOf(routingRuleSchema, rowsOf('route'))),
  };
}

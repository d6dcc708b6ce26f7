import type { Agency, Municipality } from '#shared/domain/directory.ts';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { pairKey, type RoutingRule } from '#shared/domain/routing.ts';
import type { PolicySurroundings } from './policy-surroundings.ts';
import type { RecordKind } from './record-rules.ts';
import type { PlaceSurroundings } from './place-surroundings.ts';
import type { RouteSurroundings } from './route-surroundings.ts';
import type { Surroundings } from './surroundings.ts';

/** Surroundings that rows are added to as they are accepted. */
export interface OwnSurroundings extends Surroundings {
  readonly agencies: Map<string, Agency>;
  readonly routing?: RouteSurroundings & { readonly routes: Map<string, readonly RoutingRule[]> };
  readonly places?: PlaceSurroundings & { readonly municipalities: Map<string, Municipality> };
  readonly deadlines?: PolicySurroundings & { readonly policies: DeadlinePolicy[] };
}

/** A copy that {@link admitted} may change. */
export const ownSurroundings = (surroundings: Surroundings): OwnSurroundings => {
  const { routing, places, deadlines, dictionary, agencies, ...rest } = surroundings;
  return {
    ...rest,
    agencies: new Map(agencies),
    ...(routing === undefined ? {} : { routing: { ...routing, routes: new Map(routing.routes) } }),
    ...(places === undefined
      ? {}
      : { places: { ...places, municipalities: new Map(places.municipalities) } }),
    ...(deadlines === undefined ? {} : { deadlines: { ...deadlines, policies: [...deadlines.policies] } }),
    ...(dictionary === undefined ? {} : { dictionary: { ...dictionary, topics: dictionary.topics.copy() } }),
  };
};

/** Has the judge of the next row know of one that was accepted. */
export function admitted(
  { agencies, routing, places, deadlines, dictionary }: OwnSurroundings,
  kind: RecordKind,
  row: CentreRecord,
): void {
  if (kind === 'agency') agencies.set((row as Agency).id, row as Agency);
  if (kind === 'route' && routing !== undefined) admitRoute(routing.routes, row as RoutingRule);
  if (kind === 'municipality') places?.municipalities.set((row as Municipality).id, row as Municipality);
  if (kind === 'topic') dictionary?.topics.put(row as Topic);
  if (kind === 'policy' && deadlines !== undefined) admitPolicy(deadlines.policies, row as DeadlinePolicy);
}

function admitPolicy(policies: DeadlinePolicy[], policy: DeadlinePolicy): void {
  const at = policies.findIndex(({ id }) => id === policy.id);
  if (at === -1) policies.push(policy);
  else policies[at] = policy;
}

function admitRoute(routes: Map<string, readonly RoutingRule[]>, route: RoutingRule): void {
  const key = pairKey(route);
  routes.set(key, [...(routes.get(key) ?? []).filter(({ id }) => id !== route.id), route]);
}

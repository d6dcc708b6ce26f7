import { existsAt, successorAt, type Municipality, type Settlement } from './directory.ts';
import type { Instant } from './instant.ts';
import type { RoutingRule } from './routing.ts';

type Municipalities = readonly Municipality[];

/**
 * The name that the ground of a municipality goes by at a moment: its own while it exists, else that of the
 * one it was merged into. A name that no municipality has is given back as it is.
 */
export function groundAt(municipalities: Municipalities, name: string, at: Instant): string {
  const own = municipalities.find((one) => one.name === name);
  if (own?.successor === undefined || existsAt(own, at)) return name;
  const byId = new Map(municipalities.map((one) => [one.id, one]));
  return byId.get(successorAt(byId, own.id, at))?.name ?? name;
}

/** Settlements to choose among in a municipality: its own and those of all that was merged into it. */
export function settlementsAt(
  municipalities: Municipalities,
  name: string,
  at: Instant,
): readonly Settlement[] {
  const parts = municipalities.filter(
    (one) => one.name === name || groundAt(municipalities, one.name, at) === name,
  );
  return parts.flatMap(({ settlements }) => settlements);
}

/** Points by which a route of a municipality of old gives way to the successor's own; see routing.ts. */
const GIVES_WAY = 50;

/**
 * Routes as they are asked at a moment: one whose municipality was merged speaks of its successor, and comes
 * after the successor's own.
 */
export function routesAt(
  routes: readonly RoutingRule[],
  municipalities: Municipalities,
  at: Instant,
): readonly RoutingRule[] {
  const moved = new Map(
    municipalities
      .map(({ name }): [string, string] => [name, groundAt(municipalities, name, at)])
      .filter(([name, now]) => name !== now),
  );
  if (moved.size === 0) return routes;
  return routes.map((route) => {
    const now = route.municipality === undefined ? undefined : moved.get(route.municipality);
    return now === undefined
      ? route
      : { ...route, municipality: now, priority: (route.priority ?? 0) - GIVES_WAY };
  });
}

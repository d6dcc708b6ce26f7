import { existsAt } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { pairKey, type RoutingRule } from '#shared/domain/routing.ts';
import type { RouteSurroundings } from './route-surroundings.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Says why a route may not become `after`; null when it may. Only what is changed is judged: a route to an
 * agency that has closed since may still be closed itself.
 */
export function judgeRoute(
  after: RoutingRule,
  before: RoutingRule | null,
  surroundings: Surroundings,
): Refusal | null {
  const { routing } = surroundings;
  if (routing === undefined) return null;
  if (before !== null && pairKey(before) !== pairKey(after)) return { kind: 'route_is_of_another_pair' };
  const hasChanged = (...fields: readonly (keyof RoutingRule)[]): boolean =>
    before === null || fields.some((field) => before[field] !== after[field]);
  return (
    (before === null ? judgePair(after, routing) : null) ??
    (hasChanged('agency', 'unit') ? judgeAddressee(after, surroundings) : null) ??
    (hasChanged('validFrom', 'validTo') ? judgeValidity(after, routing) : null)
  );
}

/** The names must be names that there are: a misspelt one would never fit anything. */
function judgePair({ topic, group, municipality }: RoutingRule, routing: RouteSurroundings): Refusal | null {
  if (topic === undefined && group === undefined && municipality === undefined)
    return { kind: 'route_from_nowhere' };
  if (group !== undefined && !routing.groups.has(group)) return { kind: 'unknown_group', group };
  if (topic !== undefined) {
    const groups = routing.groupsOfTopic.get(topic);
    if (groups === undefined) return { kind: 'unknown_topic', topic };
    if (group !== undefined && !groups.has(group)) return { kind: 'topic_of_another_group', topic, group };
  }
  return municipality !== undefined && !routing.municipalities.has(municipality)
    ? { kind: 'unknown_place', place: municipality }
    : null;
}

/** The moment of a route's work that is judged: its first that is still to come, or its last. */
function momentOf({ validFrom, validTo }: RoutingRule, at: Instant): Instant {
  const from = Math.max(at, validFrom ?? at);
  return validTo === undefined || from < validTo ? from : validTo - 1;
}

function judgeAddressee(route: RoutingRule, { agencies, at }: Surroundings): Refusal | null {
  const { agency: id, unit } = route;
  const agency = agencies.get(id);
  if (agency === undefined) return { kind: 'unknown_agency', agency: id };
  if (!existsAt(agency, momentOf(route, at))) return { kind: 'agency_closed', agency: id };
  return unit !== undefined && !agency.units.includes(unit)
    ? { kind: 'unknown_unit', agency: id, unit }
    : null;
}

const beginOf = ({ validFrom }: RoutingRule): Instant => validFrom ?? -Infinity;
const endOf = ({ validTo }: RoutingRule): Instant => validTo ?? Infinity;

/** One that ends as it begins was taken back before it was in force, and is in nobody's way. */
const overlaps = (a: RoutingRule, b: RoutingRule): boolean =>
  Math.max(beginOf(a), beginOf(b)) < Math.min(endOf(a), endOf(b));

function judgeValidity(route: RoutingRule, { routes }: RouteSurroundings): Refusal | null {
  if (endOf(route) < beginOf(route)) return { kind: 'ends_before_beginning' };
  const twin = routes.get(pairKey(route))?.find((other) => other.id !== route.id && overlaps(other, route));
  return twin === undefined ? null : { kind: 'route_taken', agency: twin.agency };
}

import { z } from 'zod';
import { calendarFor } from './agency-hours.ts';
import { referenceName, validity } from './bounds.ts';
import { addWorkingMinutes, workingMinutesBetween, type CompiledCalendar } from './calendar.ts';
import { IMPORTANCES, NETWORKS, type Importance, type Network } from './incident.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from './instant.ts';

/** The event a deadline is counted from. */
export const DEADLINE_STARTS = ['created', 'assigned', 'interimReply'] as const;
/** See {@link DEADLINE_STARTS}. */
export type DeadlineStart = (typeof DEADLINE_STARTS)[number];

/** Working minutes of the region's calendar, or minutes of the wall clock. */
export const DEADLINE_UNITS = ['working', 'calendar'] as const;
/** See {@link DEADLINE_UNITS}. */
export type DeadlineUnit = (typeof DEADLINE_UNITS)[number];

/** Letters of the act that a deadline follows from. */
export const BASIS_LENGTH = 500;

/** Ten years of the wall clock: no answer is given longer. */
const MOST_MINUTES = 10 * 366 * 24 * 60;

/**
 * A deadline as data. A filter that is `null` fits everything; validity is [validFrom, validTo) of the start
 * moment.
 */
export const deadlinePolicySchema = z.object({
  id: referenceName.min(1),
  name: referenceName.min(1),
  start: z.enum(DEADLINE_STARTS),
  unit: z.enum(DEADLINE_UNITS),
  minutes: z.number().int().min(1).max(MOST_MINUTES),
  importance: z.enum(IMPORTANCES).nullable().default(null),
  group: referenceName.nullable().default(null),
  topic: referenceName.nullable().default(null),
  /** Who holds the incident. */
  agency: referenceName.nullable().default(null),
  network: z.enum(NETWORKS).nullable().default(null),
  /** Minutes before the end from which it is told to be near; null: {@link SOON}. */
  warning: z.number().int().min(0).max(MOST_MINUTES).nullable().default(null),
  /** The regional act that sets it, with the paragraph: «Постановление № 12, п. 3.4». */
  basis: z.string().max(BASIS_LENGTH).nullable().default(null),
  validFrom: validity.nullable().default(null),
  validTo: validity.nullable().default(null),
});
/** See {@link deadlinePolicySchema}. */
export type DeadlinePolicy = Readonly<z.infer<typeof deadlinePolicySchema>>;

/** Below this much working time a deadline burns: what writing, approving and publishing one answer takes. */
export const SOON: Minutes = 120;

/**
 * Deadlines of a policy that are earlier than this moment burn: passed, or with less left than the policy
 * warns of. Time is counted by the hours of the agency that holds the incident. Where the calendar ends, only
 * passed ones burn.
 */
export function burnsBefore(
  calendar: CompiledCalendar,
  now: Instant,
  policy: Pick<DeadlinePolicy, 'unit' | 'warning'> | null = null,
  agency: string | null = null,
): Instant {
  const warning = policy?.warning ?? null;
  // The usual warning is what it takes to write an answer, and people write by the clock of their work.
  if (policy !== null && warning !== null && policy.unit === 'calendar') return now + warning * MS_PER_MINUTE;
  try {
    return addWorkingMinutes(calendarFor(calendar, agency), now, warning ?? SOON);
  } catch (error) {
    if (error instanceof RangeError) return now;
    throw error;
  }
}

/** Gives {@link burnsBefore} of a policy, by its id, and an agency; each pair is worked out once. */
export function burningEdges(
  {
    calendar,
    policies,
  }: { readonly calendar: CompiledCalendar; readonly policies: readonly DeadlinePolicy[] },
  now: Instant,
): (policy: string | null, agency: string | null) => Instant {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const known = new Map<string | null, Map<string | null, Instant>>();
  return (policy, agency) => {
    const edges = known.get(policy) ?? new Map<string | null, Instant>();
    known.set(policy, edges);
    const edge = edges.get(agency) ?? burnsBefore(calendar, now, byId.get(policy ?? '') ?? null, agency);
    edges.set(agency, edge);
    return edge;
  };
}

/** The fields of an incident by which a policy is chosen; `at` is the start moment itself. */
export type PolicyQuery = {
  readonly importance: Importance;
  readonly group: string | null;
  readonly topic: string | null;
  /** The agency that holds it, null while it is the centre's. */
  readonly agency: string | null;
  readonly network: Network;
  readonly start: DeadlineStart;
  readonly at: Instant;
};

/** A stretch during which a clock stands still; `reason` is the operator's own words. */
export type Pause = { readonly from: Instant; readonly to: Instant; readonly reason: string };

/**
 * The policy that applies, or `null`. The most specific wins: a topic before a group before an agency before
 * an importance before a network; among equals the one valid since later, then the smaller id, so that the
 * answer never depends on the order of the list.
 */
export function choosePolicy(policies: readonly DeadlinePolicy[], query: PolicyQuery): DeadlinePolicy | null {
  let best: DeadlinePolicy | null = null;
  for (const policy of policies) {
    if (applies(policy, query) && (best === null || precedes(policy, best))) {
      best = policy;
    }
  }
  return best;
}

function applies(policy: DeadlinePolicy, query: PolicyQuery): boolean {
  return (
    policy.start === query.start &&
    (policy.importance === null || policy.importance === query.importance) &&
    (policy.group === null || policy.group === query.group) &&
    (policy.topic === null || policy.topic === query.topic) &&
    (policy.agency === null || policy.agency === query.agency) &&
    (policy.network === null || policy.network === query.network) &&
    (policy.validFrom === null || policy.validFrom <= query.at) &&
    (policy.validTo === null || query.at < policy.validTo)
  );
}

/** True when `a` wins over `b` where both fit. */
function precedes(a: DeadlinePolicy, b: DeadlinePolicy): boolean {
  const difference = specificity(a) - specificity(b);
  if (difference !== 0) {
    return difference > 0;
  }
  const sinceA = a.validFrom ?? Number.NEGATIVE_INFINITY;
  const sinceB = b.validFrom ?? Number.NEGATIVE_INFINITY;
  return sinceA === sinceB ? a.id < b.id : sinceA > sinceB;
}

/** Filters of a policy, the strongest first: one of them outweighs all that come after it. */
export const POLICY_FILTERS = ['topic', 'group', 'agency', 'importance', 'network'] as const;

const specificity = (policy: DeadlinePolicy): number =>
  POLICY_FILTERS.reduce((sum, filter) => sum * 2 + (policy[filter] === null ? 0 : 1), 0);

/** Policies in the order in which they win, of each start by itself. */
export const inPrecedence = (policies: readonly DeadlinePolicy[]): readonly DeadlinePolicy[] =>
  policies.toSorted((a, b) => {
    const start = DEADLINE_STARTS.indexOf(a.start) - DEADLINE_STARTS.indexOf(b.start);
    return start === 0 ? (precedes(a, b) ? -1 : precedes(b, a) ? 1 : 0) : start;
  });

/** Policies that fit an incident, the one that is chosen first. */
export const policiesThatFit = (
  policies: readonly DeadlinePolicy[],
  query: PolicyQuery,
): readonly DeadlinePolicy[] => inPrecedence(policies.filter((policy) => applies(policy, query)));

/** Minutes of the policy's unit from `a` to `b`. Throws RangeError outside the calendar's years. */
export function unitMinutesBetween(
  unit: DeadlineUnit,
  a: Instant,
  b: Instant,
  calendar: CompiledCalendar,
): Minutes {
  return unit === 'working' ? workingMinutesBetween(calendar, a, b) : (b - a) / MS_PER_MINUTE;
}

/**
 * The moment a deadline runs out, the clock standing still during `pauses` (any order, may overlap).
 * Throws RangeError outside the calendar's years.
 */
export function dueAt(
  policy: Pick<DeadlinePolicy, 'unit' | 'minutes'>,
  start: Instant,
  calendar: CompiledCalendar,
  pauses: readonly Pause[] = [],
): Instant {
  let from = start;
  let left = policy.minutes;
  for (const pause of pauses.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const until = Math.max(pause.from, from);
    const before = unitMinutesBetween(policy.unit, from, until, calendar);
    if (left <= before) {
      break;
    }
    left -= before;
    from = Math.max(until, pause.to);
  }
  return policy.unit === 'working'
    ? addWorkingMinutes(calendar, from, left)
    : from + Math.round(left * MS_PER_MINUTE);
}

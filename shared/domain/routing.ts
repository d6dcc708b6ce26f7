import { v5 } from 'uuid';
import { z } from 'zod';
import { referenceName, validity } from './bounds.ts';
import type { Instant } from './instant.ts';
import type { Matter } from './split.ts';

/**
 * One line of the routing table. `topic`, `group` and `municipality` are names as the registry writes them;
 * what is left out fits everything. A larger `priority` goes first among lines equally exact.
 */
export const routingRuleSchema = z.object({
  id: referenceName.min(1),
  topic: referenceName.optional(),
  group: referenceName.optional(),
  municipality: referenceName.optional(),
  agency: referenceName.min(1),
  unit: referenceName.optional(),
  priority: z.number().int().min(-1_000_000).max(1_000_000).optional(),
  validFrom: validity.optional(),
  validTo: validity.optional(),
});
/** See {@link routingRuleSchema}. */
export type RoutingRule = Readonly<z.infer<typeof routingRuleSchema>>;

/** The origin of a route: one topic or a whole group, one place or all. */
export type RoutePair = Pick<RoutingRule, 'topic' | 'group' | 'municipality'>;

/** One word for all routes that lead from the same. */
export const pairKey = ({ topic, group, municipality }: RoutePair): string =>
  JSON.stringify([topic ?? null, group ?? null, municipality ?? null]);

/** Ours; any other would do, but never two of them. */
const NAMESPACE = 'a2f2b9f4-6c0e-4a57-9d0b-7d6a9a6d1c1e';

/**
 * The id of a new route: made of its pair, so that what two people write down for one pair meets. One pair
 * has a second after its first was closed, and so on.
 */
export function routeIdOf(pair: RoutePair, taken: { has(id: string): boolean }): string {
  for (let nth = 1; ; nth += 1) {
    const id = v5(`${pairKey(pair)} ${nth}`, NAMESPACE);
    if (!taken.has(id)) return id;
  }
}

/** A route a similar incident took before. `wasReturned`: the agency gave it back as «not ours». */
export type PastRoute = {
  readonly incident: string;
  readonly agency: string;
  readonly unit: string;
  readonly topic: string | null;
  readonly municipality: string;
  readonly at: Instant;
  readonly wasReturned: boolean;
};

/** The agency that has another's work about a matter. */
export type SuccessorOf = (agency: string, matter: Matter) => string;

/** The fields a route is looked for by; an unknown topic or place is `null`. */
export type RouteQuery = {
  readonly topic: string | null;
  readonly group: string | null;
  readonly municipality: string | null;
  readonly at: Instant;
  readonly history?: readonly PastRoute[];
  /** Whom the agency `by` named when it gave this very incident back. */
  readonly named?: { readonly agency: string; readonly by: string } | null;
  /** The agency that has the work of one that is named: itself, its heir or its successor. */
  readonly successorOf?: SuccessorOf;
};

/** The reason why an agency is proposed, with the evidence to show. */
export type RouteReason =
  | {
      readonly kind: 'topic_and_place';
      readonly rule: string;
      readonly topic: string;
      readonly municipality: string;
    }
  | { readonly kind: 'topic'; readonly rule: string; readonly topic: string }
  | {
      readonly kind: 'group_and_place';
      readonly rule: string;
      readonly group: string;
      readonly municipality: string;
    }
  | { readonly kind: 'group'; readonly rule: string; readonly group: string }
  | { readonly kind: 'place_default'; readonly rule: string; readonly municipality: string }
  /** The agency `by` gave the incident back and named this one. */
  | { readonly kind: 'named'; readonly by: string }
  | {
      readonly kind: 'similar_incident';
      readonly incident: string;
      readonly at: Instant;
      readonly count: number;
      readonly topic: string;
    };

/** A proposed addressee; scores only order candidates and are comparable within one answer. */
export type RouteCandidate = {
  readonly agency: string;
  readonly unit: string | null;
  readonly reason: RouteReason;
  readonly score: number;
};

const SCORE: Record<RouteReason['kind'], number> = {
  named: 700,
  topic_and_place: 600,
  topic: 500,
  group_and_place: 400,
  similar_incident: 350,
  group: 300,
  place_default: 100,
};

/**
 * The most points that past routes, or a rule's priority, add to a score; keeps a similar incident between
 * the exact rules and the rough ones.
 */
const HISTORY_CAP = 40;

/**
 * Up to three different agencies, the likeliest first. One that was named when the incident was given back
 * beats every rule, an exact rule beats the example of the past, the past beats a rule for a whole group.
 * Agencies that gave the topic back more often than they kept it are not proposed from the past. Equal scores
 * go by rule id, so the answer never depends on the order of the table.
 */
export function suggestRoutes(rules: readonly RoutingRule[], query: RouteQuery): RouteCandidate[] {
  const fromRules = rules.flatMap((rule): RouteCandidate[] => {
    const reason = fits(rule, query);
    if (reason === null) {
      return [];
    }
    const score = SCORE[reason.kind] + Math.min(rule.priority ?? 0, HISTORY_CAP);
    return [{ agency: rule.agency, unit: rule.unit ?? null, reason, score }];
  });
  const sorted = [...fromNamed(query), ...fromRules, ...fromHistory(query)]
    .map(handedOn(query))
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        compare(evidenceId(a.reason), evidenceId(b.reason)) ||
        compare(a.agency, b.agency),
    );
  const byAgency = new Map<string, RouteCandidate>();
  for (const candidate of sorted) {
    if (!byAgency.has(candidate.agency)) {
      byAgency.set(candidate.agency, candidate);
    }
  }
  return [...byAgency.values()].slice(0, 3);
}

/** A candidate whose work another has now gives its place to that one, whose units are its own. */
const handedOn =
  (query: RouteQuery) =>
  (candidate: RouteCandidate): RouteCandidate => {
    const agency = query.successorOf?.(candidate.agency, query) ?? candidate.agency;
    return agency === candidate.agency ? candidate : { ...candidate, agency, unit: null };
  };

function fits(rule: RoutingRule, query: RouteQuery): RouteReason | null {
  const { id, topic, group, municipality } = rule;
  const isOver = rule.validTo !== undefined && rule.validTo <= query.at;
  if (isOver || (rule.validFrom !== undefined && query.at < rule.validFrom)) {
    return null;
  }
  const isElsewhere =
    (topic !== undefined && topic !== query.topic) ||
    (group !== undefined && group !== query.group) ||
    (municipality !== undefined && municipality !== query.municipality);
  if (isElsewhere) {
    return null;
  }
  if (topic !== undefined) {
    return municipality === undefined
      ? { kind: 'topic', rule: id, topic }
      : { kind: 'topic_and_place', rule: id, topic, municipality };
  }
  if (group !== undefined) {
    return municipality === undefined
      ? { kind: 'group', rule: id, group }
      : { kind: 'group_and_place', rule: id, group, municipality };
  }
  return municipality === undefined ? null : { kind: 'place_default', rule: id, municipality };
}

const fromNamed = ({ named }: RouteQuery): RouteCandidate[] =>
  named === undefined || named === null
    ? []
    : [{ agency: named.agency, unit: null, reason: { kind: 'named', by: named.by }, score: SCORE.named }];

function fromHistory(query: RouteQuery): RouteCandidate[] {
  const { topic } = query;
  if (topic === null) {
    return [];
  }
  const similar = (query.history ?? []).filter(
    (past) => past.topic === topic && past.municipality === query.municipality,
  );
  return [...Map.groupBy(similar, (past) => past.agency)].flatMap(([agency, routes]): RouteCandidate[] => {
    const kept = routes.filter((past) => !past.wasReturned);
    const [latest] = kept.toSorted((a, b) => b.at - a.at || compare(a.incident, b.incident));
    if (latest === undefined || kept.length * 2 <= routes.length) {
      return [];
    }
    const reason: RouteReason = {
      kind: 'similar_incident',
      incident: latest.incident,
      at: latest.at,
      count: kept.length,
      topic,
    };
    return [
      {
        agency,
        unit: latest.unit === '' ? null : latest.unit,
        reason,
        score: SCORE.similar_incident + Math.min(kept.length, HISTORY_CAP),
      },
    ];
  });
}

function evidenceId(reason: RouteReason): string {
  if (reason.kind === 'named') return reason.by;
  return reason.kind === 'similar_incident' ? reason.incident : reason.rule;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

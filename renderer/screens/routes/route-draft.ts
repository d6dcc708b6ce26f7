import { existsAt } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { routeIdOf, routingRuleSchema, type RoutingRule } from '#shared/domain/routing.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { readValidity, validityDaysOf, type ValidityDays } from '#renderer/kit/forms/validity-days.ts';
import type { TopicRow } from '#renderer/kit/context/reference.ts';

/** The form of a route as typed. */
export interface RouteFields extends ValidityDays {
  readonly group: string | null;
  readonly topic: string | null;
  /** Null: everywhere. */
  readonly municipality: string | null;
  readonly agency: string | null;
  readonly unit: string;
  /** From this day another has it; '' where the route was wrong all along. */
  readonly changeDay: string;
}

/** The things a form is opened with. */
export interface RouteOpening {
  readonly seen: RoutingRule | null;
  readonly zone: ZoneName;
  readonly now: Instant;
  readonly topics: readonly TopicRow[];
  /** The pair of a new route that was asked for. */
  readonly asked?: { readonly topic: string | null; readonly municipality: string | null };
}

const groupOf = (topics: readonly TopicRow[], topic: string | null | undefined): string | null =>
  topics.find(({ name }) => name === topic)?.group ?? null;

/** The form as it opens. */
export const routeFieldsOf = ({ seen, zone, now, topics, asked }: RouteOpening): RouteFields => ({
  group: seen === null ? groupOf(topics, asked?.topic) : (seen.group ?? groupOf(topics, seen.topic)),
  topic: seen === null ? (asked?.topic ?? null) : (seen.topic ?? null),
  municipality: seen === null ? (asked?.municipality ?? null) : (seen.municipality ?? null),
  agency: seen?.agency ?? null,
  unit: seen?.unit ?? '',
  ...validityDaysOf(seen, zone),
  changeDay: dateOfDay(localDayAt(zone, now)),
});

/** Basis of reading a form. `taken`: ids of all routes. */
export interface RouteBasis extends Omit<RouteOpening, 'asked'> {
  readonly taken: { has(id: string): boolean };
}

/** A topic says its group only where the same name is in several. */
function pairOf({ group, topic, municipality }: RouteFields, topics: readonly TopicRow[]) {
  const groups = new Set(topics.filter(({ name }) => name === topic).map((one) => one.group));
  const saysGroup = group !== null && (topic === null || groups.size > 1);
  return {
    ...(topic === null ? {} : { topic }),
    ...(saysGroup ? { group } : {}),
    ...(municipality === null ? {} : { municipality }),
  };
}

/** Reads a form by the record's own schema: a route, or the names of the fields that break it. */
export function readRoute(fields: RouteFields, basis: RouteBasis): FormReading<RoutingRule> {
  const { seen, zone, topics, taken } = basis;
  const pair = pairOf(fields, topics);
  const {
    agency: _a,
    unit: _u,
    validFrom: _f,
    validTo: _t,
    ...kept
  } = seen ?? {
    id: routeIdOf(pair, taken),
    agency: '',
    ...pair,
  };
  const unit = fields.unit.trim();
  const draft = {
    ...kept,
    agency: fields.agency ?? '',
    ...(unit === '' ? {} : { unit }),
    ...readValidity(fields, seen, zone),
  };
  return readForm(routingRuleSchema, draft, ([name]) => FIELD_OF[String(name)] ?? name);
}

const FIELD_OF: Readonly<Record<string, string>> = { validFrom: 'firstDay', validTo: 'lastDay' };

/** A row to be saved, and what it was. */
export interface RouteChange {
  readonly row: RoutingRule;
  readonly before: RoutingRule | null;
}

/** True where the addressee of a route that has been in force is changed. */
export const changesAddressee = (seen: RoutingRule | null, row: RoutingRule, now: Instant): boolean =>
  seen !== null && existsAt(seen, now) && (seen.agency !== row.agency || seen.unit !== row.unit);

/**
 * Gives the rows that a form saves. Where another has the work from a day on, the old route closes by that
 * day and a new one begins, so that what came before explains itself; else the one row.
 */
export function changesOf(
  row: RoutingRule,
  changeDay: string,
  { seen, zone, now, taken }: RouteBasis,
): readonly RouteChange[] {
  const day = dayOfDate(changeDay);
  if (seen === null || day === null || !changesAddressee(seen, row, now)) return [{ row, before: seen }];
  const from = instantAtLocal(zone, day, 0);
  if (seen.validFrom !== undefined && from <= seen.validFrom) return [{ row, before: seen }];
  return [
    { row: { ...seen, validTo: from }, before: seen },
    { row: { ...row, id: routeIdOf(row, taken), validFrom: from }, before: null },
  ];
}

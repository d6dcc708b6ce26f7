import type { CompiledCalendar } from '#shared/domain/calendar.ts';
import { clocksOf } from '#shared/domain/clock.ts';
import { choosePolicy, dueAt, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import {
  firstPublished,
  type ClosingReason,
  type Importance,
  type Incident,
  type IncidentType,
  type MessageKind,
  type Network,
  type Outcome,
} from '#shared/domain/incident.ts';
import type { Instant, Minutes } from '#shared/domain/instant.ts';
import type { StepName } from '#shared/domain/step.ts';

/** What a summary needs to know of one incident; small and flat, so that it can live in columns. */
export interface Facts {
  readonly id: string;
  readonly createdAt: Instant;
  readonly step: StepName;
  readonly group: string;
  readonly topic: string;
  readonly municipality: string;
  readonly network: Network;
  readonly kind: MessageKind;
  readonly importance: Importance;
  /** Agency that published the first answer; before that, the one that holds the incident; '' when none ever did. */
  readonly agency: string;
  readonly type: IncidentType | null;
  readonly outcome: Outcome | null;
  readonly closing: ClosingReason | null;
  readonly closedAt: Instant | null;
  readonly grade: number | null;
  readonly firstReplyAt: Instant | null;
  /** Whole minutes by the registry's marks (column I). */
  readonly workingMinutes: Minutes | null;
  readonly wallMinutes: Minutes | null;
  /** Whether the first answer came within its deadline; null while it has not come. */
  readonly inTime: boolean | null;
  /** How many times an agency gave the incident back. */
  readonly returns: number;
}

/** What facts are judged by. */
export interface FactsContext {
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
}

/** Reads the facts off an incident. The deadline is that of the first answer counted from creation, under the policy valid then. */
export function factsOf(incident: Incident, context: FactsContext): Facts {
  const reply = firstPublished(incident);
  const firstReplyAt = reply?.publishedAt ?? null;
  const clocks = firstReplyAt === null ? null : clocksOf(context.calendar, incident.createdAt, firstReplyAt);
  const rejected = incident.step.name === 'rejected' || incident.step.name === 'merged';
  return {
    id: incident.id,
    createdAt: incident.createdAt,
    step: incident.step.name,
    group: incident.classification?.group ?? '',
    topic: incident.classification?.topic ?? '',
    municipality: incident.place.municipality,
    network: incident.source.network,
    kind: incident.source.kind,
    importance: incident.importance,
    agency: reply?.agency ?? incident.assignments.at(-1)?.agency ?? '',
    type: incident.type,
    outcome: incident.outcome,
    closing: incident.closing?.reason ?? null,
    closedAt: incident.closing?.at ?? (rejected ? incident.step.since : null),
    grade: incident.survey?.grade ?? null,
    firstReplyAt,
    workingMinutes: clocks?.workingMinutes ?? null,
    wallMinutes: clocks?.wallMinutes ?? null,
    inTime: firstReplyAt === null ? null : inTime(incident, firstReplyAt, context),
    returns: incident.assignments.filter((one) => one.returned !== null).length,
  };
}

function inTime(
  incident: Incident,
  firstReplyAt: Instant,
  { calendar, policies }: FactsContext,
): boolean | null {
  const { importance, classification, createdAt } = incident;
  const policy = choosePolicy(policies, {
    importance,
    group: classification?.group ?? null,
    topic: classification?.topic ?? null,
    start: 'created',
    at: createdAt,
  });
  return policy === null ? null : firstReplyAt <= dueAt(policy, createdAt, calendar);
}

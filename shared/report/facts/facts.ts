import { yearsWithoutHolidays, type CompiledCalendar } from '#shared/domain/calendar.ts';
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
import { MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import { authorKey, placeKey } from '#shared/domain/likeness.ts';
import type { RejectReason, StepName } from '#shared/domain/step.ts';

/**
 * What a summary needs to know of one incident, as it follows from the incident alone: small and flat, so
 * that it can live in columns, and without calendar or policy, so that a change of those never makes a stored
 * column wrong.
 */
export interface FactRow {
  readonly id: string;
  readonly number: number | null;
  readonly createdAt: Instant;
  readonly step: StepName;
  readonly group: string;
  readonly topic: string;
  readonly municipality: string;
  readonly network: Network;
  readonly kind: MessageKind;
  readonly importance: Importance;
  /**
   * Agency that published the first answer; before that, the one that holds the incident; '' when none ever
   * did.
   */
  readonly agency: string;
  readonly type: IncidentType | null;
  readonly outcome: Outcome | null;
  readonly closing: ClosingReason | null;
  /** When it left work; never before it came, whatever a clock set wrong at the source says. */
  readonly closedAt: Instant | null;
  readonly rejectReason: RejectReason | null;
  readonly surveySent: boolean;
  readonly grade: number | null;
  readonly firstReplyAt: Instant | null;
  /** True when the first answer only promised another one. */
  readonly firstReplyInterim: boolean;
  readonly finalReplyAt: Instant | null;
  /** How many times an agency gave the incident back, and a person opened it again. */
  readonly returns: number;
  readonly reopened: number;
  /** How many times it was put off; whether it is now. */
  readonly deferred: number;
  /** Replies that were approved, and how long they waited for it together, ms. */
  readonly approvals: number;
  readonly approvalMs: number;
  readonly promisesKept: number;
  readonly promisesBroken: number;
  readonly promisesOpen: number;
  /** Equal for one author and for one address; 0 says nothing (shared/domain/likeness.ts). */
  readonly authorKey: number;
  readonly placeKey: number;
}

/** The facts with both clocks and the deadline. */
export interface Facts extends FactRow {
  /** Whole minutes by the registry's marks (column I); null also where the calendar does not reach. */
  readonly workingMinutes: Minutes | null;
  readonly wallMinutes: Minutes | null;
  /** True when the first answer came within its deadline; null while it has not come. */
  readonly inTime: boolean | null;
}

/** What facts are judged by. */
export interface FactsContext {
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
}

/** Reads the facts off an incident. */
export const factsOf = (incident: Incident, context: FactsContext): Facts =>
  judged(factRowOf(incident), context);

/** What follows from the incident alone. */
export function factRowOf(incident: Incident): FactRow {
  const reply = firstPublished(incident);
  const { step, classification, survey, closing } = incident;
  return {
    id: incident.id,
    number: incident.number,
    createdAt: incident.createdAt,
    step: step.name,
    group: classification?.group ?? '',
    topic: classification?.topic ?? '',
    municipality: incident.place.municipality,
    network: incident.source.network,
    kind: incident.source.kind,
    importance: incident.importance,
    agency: reply?.agency ?? incident.assignments.at(-1)?.agency ?? '',
    type: incident.type,
    outcome: incident.outcome,
    closing: closing?.reason ?? null,
    closedAt: closedAtOf(incident),
    rejectReason: step.name === 'rejected' ? step.reason : null,
    surveySent: survey?.sent ?? false,
    grade: survey?.grade ?? null,
    firstReplyAt: reply?.publishedAt ?? null,
    firstReplyInterim: reply?.kind === 'interim',
    returns: incident.assignments.filter((one) => one.returned !== null).length,
    ...toldOf(incident),
    ...repliesOf(incident),
    ...promisesOf(incident),
    authorKey: authorKey(incident.author),
    placeKey: placeKey(incident.place),
  };
}

/** An ending of an earlier day that was taken back is a reopening: in that day it had been counted. */
function toldOf({ history }: Incident): Pick<FactRow, 'reopened' | 'deferred'> {
  let [reopened, deferred] = [0, 0];
  for (const { event, undone, detail } of history) {
    if (undone === true) continue;
    if (event === 'reopened' || (event === 'undone' && detail['reopens'] === 1)) reopened += 1;
    if (event === 'deferred') deferred += 1;
  }
  return { reopened, deferred };
}

/** An import may say that it was closed before it came; counted so, no period would balance. */
function closedAtOf({ step, closing, createdAt }: Incident): Instant | null {
  const isOut = step.name === 'rejected' || step.name === 'merged';
  const at = isOut ? step.since : (closing?.at ?? null);
  return at === null ? null : Math.max(at, createdAt);
}

function repliesOf({ replies }: Incident): Pick<FactRow, 'finalReplyAt' | 'approvals' | 'approvalMs'> {
  let finalReplyAt: Instant | null = null;
  let approvals = 0;
  let approvalMs = 0;
  for (const { kind, submittedAt, approvedAt, publishedAt } of replies) {
    if (kind === 'final' && publishedAt !== null)
      finalReplyAt = Math.min(finalReplyAt ?? Infinity, publishedAt);
    if (submittedAt === null || approvedAt === null) continue;
    approvals += 1;
    approvalMs += approvedAt - submittedAt;
  }
  return { finalReplyAt, approvals, approvalMs };
}

function promisesOf({
  promises,
}: Incident): Pick<FactRow, 'promisesKept' | 'promisesBroken' | 'promisesOpen'> {
  const of = (state: string): number => promises.filter((one) => one.state === state).length;
  return { promisesKept: of('kept'), promisesBroken: of('broken'), promisesOpen: of('open') };
}

/** Puts the clocks and the deadline beside a row. */
export const judged = (row: FactRow, context: FactsContext): Facts => ({ ...row, ...judge(row, context) });

/** What the clocks and the deadline of a row follow from. */
export type Judgeable = Pick<FactRow, 'createdAt' | 'firstReplyAt' | 'importance' | 'group' | 'topic'>;
export type Judgement = Pick<Facts, 'workingMinutes' | 'wallMinutes' | 'inTime'>;

/**
 * Both clocks, and whether the deadline of the first answer was met, under the policy valid when the message
 * came.
 */
export function judge(row: Judgeable, context: FactsContext): Judgement {
  const { createdAt, firstReplyAt } = row;
  if (firstReplyAt === null) return { workingMinutes: null, wallMinutes: null, inTime: null };
  try {
    const { workingMinutes, wallMinutes } = clocksOf(context.calendar, createdAt, firstReplyAt);
    return { workingMinutes, wallMinutes, inTime: inTime(row, firstReplyAt, context) };
  } catch (error) {
    // A date outside the compiled years must not take the whole summary with it.
    if (!(error instanceof RangeError)) throw error;
    const wallMinutes = Math.max(0, firstReplyAt - createdAt) / MS_PER_MINUTE;
    return { workingMinutes: null, wallMinutes, inTime: null };
  }
}

function inTime(row: Judgeable, firstReplyAt: Instant, { calendar, policies }: FactsContext): boolean | null {
  const { importance, group, topic, createdAt } = row;
  const policy = choosePolicy(policies, {
    importance,
    group: group === '' ? null : group,
    topic: topic === '' ? null : topic,
    start: 'created',
    at: createdAt,
  });
  if (policy === null) return null;
  const due = dueAt(policy, createdAt, calendar);
  // Holidays nobody entered would make a deadline of working time too early.
  const isUnsure = policy.unit === 'working' && yearsWithoutHolidays(calendar, createdAt, due).length > 0;
  return isUnsure ? null : firstReplyAt <= due;
}

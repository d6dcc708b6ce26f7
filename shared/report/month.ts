import type { Instant, Minutes } from '#shared/domain/instant.ts';
import { DUE_STEPS } from '#shared/domain/step.ts';
import type { Facts } from './facts.ts';
import type { Period } from './period.ts';
import { mean, median, share, tally } from './statistics.ts';

/** Mean and median of one clock over the answers that came. Null where there were none. */
export interface ClockFigures {
  readonly meanMinutes: Minutes | null;
  readonly medianMinutes: Minutes | null;
}

export interface GroupLine {
  readonly group: string;
  readonly count: number;
  /** 0..1 of all received. */
  readonly share: number;
  /** Change to the period before; null when that period is empty. */
  readonly change: number | null;
  readonly topics: readonly { readonly topic: string; readonly count: number }[];
}

export interface MunicipalityLine {
  readonly municipality: string;
  readonly count: number;
  /** Null where the directory has no population. */
  readonly perThousand: number | null;
}

export interface AgencyLine {
  readonly agency: string;
  readonly name: string;
  readonly count: number;
  readonly answered: number;
  readonly working: ClockFigures;
  readonly inTimeShare: number | null;
  readonly returns: number;
}

/**
 * The month: a pure function of facts. Two ways of counting are kept apart: `cohort` figures speak of messages received in the
 * period whatever day they were dealt with; `flow` figures of what was done in the period whatever day the message came.
 */
export interface MonthReport {
  readonly region: string;
  readonly regionName: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly timeZone: string;
  /** Up to when the incidents' states were taken into account. */
  readonly asOf: Instant;
  readonly received: number;
  readonly previous: { readonly received: number } | null;
  readonly groups: readonly GroupLine[];
  readonly firstReply: {
    readonly answered: number;
    readonly notAnswered: number;
    readonly working: ClockFigures;
    readonly wall: ClockFigures;
    readonly inTime: number;
    readonly late: number;
    readonly inTimeShare: number | null;
  };
  readonly municipalities: readonly MunicipalityLine[];
  readonly networks: readonly { readonly network: string; readonly count: number; readonly share: number }[];
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly agencies: readonly AgencyLine[];
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly closingReasons: readonly { readonly reason: string; readonly count: number }[];
  readonly flow: {
    readonly closed: number;
    readonly solved: number;
    readonly solvedFromBefore: number;
    /** Of those received in the period: not yet closed when it ended. */
    readonly carriedOver: number;
  };
  /** received = rejected + merged + taken; taken = finished + inWork. */
  readonly control: {
    readonly received: number;
    readonly rejected: number;
    readonly merged: number;
    readonly taken: number;
    readonly finished: number;
    readonly inWork: number;
    readonly balances: boolean;
  };
}

/** Names and numbers the report needs besides the incidents. */
export interface ReportDirectory {
  readonly region: string;
  readonly regionName: string;
  readonly timeZone: string;
  readonly agencyName: (id: string) => string;
  readonly population: (municipality: string) => number | null;
}

/**
 * Makes the summary of a period. `facts` may hold any incidents: those received in the period make the cohort, those closed in it
 * the flow. `before` is the period to compare with.
 */
export function monthReport(
  facts: readonly Facts[],
  period: Period,
  before: Period | null,
  directory: ReportDirectory,
  asOf: Instant,
): MonthReport {
  const received = facts.filter((one) => within(one.createdAt, period));
  const earlier = before === null ? [] : facts.filter((one) => within(one.createdAt, before));
  return {
    region: directory.region,
    regionName: directory.regionName,
    timeZone: directory.timeZone,
    period: { from: period.from, to: period.to },
    asOf,
    received: received.length,
    previous: earlier.length === 0 ? null : { received: earlier.length },
    groups: groupLines(received, earlier),
    firstReply: firstReplies(received),
    municipalities: municipalityLines(received, directory),
    networks: tally(received, (one) => one.network).map(({ key, count }) => ({
      network: key,
      count,
      share: share(count, received.length),
    })),
    kinds: tally(received, (one) => one.kind).map(({ key, count }) => ({ kind: key, count })),
    agencies: agencyLines(received, directory),
    outcomes: tally(
      received.filter((one) => one.outcome !== null),
      (one) => one.outcome ?? '',
    ).map(({ key, count }) => ({ outcome: key, count })),
    closingReasons: tally(
      received.filter((one) => one.closing !== null),
      (one) => one.closing ?? '',
    ).map(({ key, count }) => ({ reason: key, count })),
    flow: flowOf(facts, period),
    control: controlOf(received),
  };
}

const within = (at: Instant, { start, end }: Period): boolean => at >= start && at < end;

const clock = (values: readonly number[]): ClockFigures => ({
  meanMinutes: mean(values),
  medianMinutes: median(values),
});

const present = (values: readonly (number | null)[]): readonly number[] =>
  values.filter((value) => value !== null);

function groupLines(received: readonly Facts[], earlier: readonly Facts[]): readonly GroupLine[] {
  const past = new Map(tally(earlier, (one) => one.group).map(({ key, count }) => [key, count]));
  return tally(received, (one) => one.group).map(({ key: group, count }) => ({
    group,
    count,
    share: share(count, received.length),
    change: earlier.length === 0 ? null : count - (past.get(group) ?? 0),
    topics: tally(
      received.filter((one) => one.group === group),
      (one) => one.topic,
    ).map(({ key, count: times }) => ({ topic: key, count: times })),
  }));
}

function firstReplies(received: readonly Facts[]): MonthReport['firstReply'] {
  const answered = received.filter((one) => one.firstReplyAt !== null);
  const judged = answered.filter((one) => one.inTime !== null);
  const inTime = judged.filter((one) => one.inTime === true).length;
  return {
    answered: answered.length,
    notAnswered: received.length - answered.length,
    working: clock(present(answered.map((one) => one.workingMinutes))),
    wall: clock(present(answered.map((one) => one.wallMinutes))),
    inTime,
    late: judged.length - inTime,
    inTimeShare: judged.length === 0 ? null : inTime / judged.length,
  };
}

function municipalityLines(
  received: readonly Facts[],
  directory: ReportDirectory,
): readonly MunicipalityLine[] {
  return tally(received, (one) => one.municipality).map(({ key: municipality, count }) => {
    const population = directory.population(municipality);
    return {
      municipality,
      count,
      perThousand: population === null || population === 0 ? null : (count * 1000) / population,
    };
  });
}

function agencyLines(received: readonly Facts[], directory: ReportDirectory): readonly AgencyLine[] {
  const handed = received.filter((one) => one.agency !== '');
  return tally(handed, (one) => one.agency).map(({ key: agency, count }) => {
    const own = handed.filter((one) => one.agency === agency);
    const judged = own.filter((one) => one.inTime !== null);
    return {
      agency,
      name: directory.agencyName(agency),
      count,
      answered: own.filter((one) => one.firstReplyAt !== null).length,
      working: clock(present(own.map((one) => one.workingMinutes))),
      inTimeShare:
        judged.length === 0 ? null : judged.filter((one) => one.inTime === true).length / judged.length,
      returns: own.reduce((sum, one) => sum + one.returns, 0),
    };
  });
}

/** Steps the control line counts. */
export const isRejected = (one: Facts): boolean => one.step === 'rejected';
export const isMerged = (one: Facts): boolean => one.step === 'merged';
export const isFinished = (one: Facts): boolean => one.step === 'done';
/** Named one by one, not «all the rest»: a step nobody thought of must break the balance, not hide in it. */
export const isInWork = (one: Facts): boolean =>
  DUE_STEPS.has(one.step) || one.step === 'satisfaction' || one.step === 'deferred';

/** Whether the incident was out of work before that moment. */
export const isClosedBy = (one: Facts, at: Instant): boolean => one.closedAt !== null && one.closedAt < at;

function flowOf(facts: readonly Facts[], period: Period): MonthReport['flow'] {
  const closed = facts.filter(
    (one) => isFinished(one) && one.closedAt !== null && within(one.closedAt, period),
  );
  const solved = closed.filter((one) => one.outcome === 'solved');
  const carried = facts.filter((one) => within(one.createdAt, period) && !isClosedBy(one, period.end));
  return {
    closed: closed.length,
    solved: solved.length,
    solvedFromBefore: solved.filter((one) => one.createdAt < period.start).length,
    carriedOver: carried.length,
  };
}

function controlOf(received: readonly Facts[]): MonthReport['control'] {
  const rejected = received.filter(isRejected).length;
  const merged = received.filter(isMerged).length;
  const finished = received.filter(isFinished).length;
  const inWork = received.filter(isInWork).length;
  const taken = finished + inWork;
  return {
    received: received.length,
    rejected,
    merged,
    taken,
    finished,
    inWork,
    balances: received.length === rejected + merged + taken,
  };
}

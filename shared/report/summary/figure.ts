import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { BUCKETS, answerBucketOf, longestWaits } from './answers.ts';
import {
  isOverdue,
  isPromised,
  owedMoments,
  type Control,
  type OwedMoments,
} from '#shared/report/facts/controls.ts';
import { cutTest } from '#shared/report/facts/cut.ts';
import { isOutAt } from '#shared/report/facts/endings.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { outIn, solvedIn, topicKey } from '#shared/report/facts/past.ts';
import { within } from '#shared/report/facts/period.ts';
import type { ReportInput } from './period-report.ts';
import { tally } from '#shared/report/facts/statistics.ts';
import {
  isFinished,
  isInWork,
  isMerged,
  isRejected,
  isTaken,
  isUnanswered,
} from '#shared/report/facts/steps.ts';

/**
 * How many lines of each table the one-page sheet names before it sums the rest; chosen so that the page
 * stays one.
 */
export const TOP_GROUPS = 5;
export const TOP_MUNICIPALITIES = 10;
export const TOP_AGENCIES = 8;

/**
 * The input figures are read from; `facts` also holds what came before the period and was not closed when it
 * began, or had anything entered later.
 */
export interface FigureInput extends Pick<
  ReportInput,
  'periods' | 'facts' | 'past' | 'calendar' | 'directory' | 'asOf'
> {
  /** Of open incidents; those of messages received after the period are passed over. */
  readonly controls: readonly Control[];
}

/** The name of a topic's figure; topics are named within their group. */
export const topicFigure = (group: string, topic: string): string => `topic:${topicKey(group, topic)}`;

type Test = (row: Facts) => boolean;

interface Context extends FigureInput {
  readonly received: readonly Facts[];
}

/** Figures that count messages received in the period; `value` is what follows the colon of the name. */
const COHORT: Readonly<Record<string, (value: string, context: Context) => Test>> = {
  received: () => () => true,
  answered: () => (row) => row.firstReplyAt !== null,
  notAnswered: () => isUnanswered,
  interim: () => (row) => row.firstReplyInterim,
  interimDone: () => (row) => row.firstReplyInterim && row.finalReplyAt !== null,
  inTime: () => (row) => row.inTime === true,
  late: () => (row) => row.inTime === false,
  rejected: () => isRejected,
  merged: () => isMerged,
  taken: () => isTaken,
  finished: () => isFinished,
  inWork: () => isInWork,
  carriedOver:
    (_, { periods }) =>
    (row) =>
      !isOutAt(row, periods.period.end),
  group: (value) => (row) => row.group === value,
  topic: (value) => (row) => topicKey(row.group, row.topic) === value,
  municipality: (value) => (row) => row.municipality === value,
  network: (value) => (row) => row.network === value,
  kind: (value) => (row) => row.kind === value,
  type: (value) => (row) => row.type === value,
  outcome: (value) => (row) => row.outcome === value,
  closing: (value) => (row) => row.closing === value,
  rejectReason: (value) => (row) => row.rejectReason === value,
  grade: (value) => (row) => row.grade === Number(value),
  graded: () => (row) => row.grade !== null,
  surveySent: () => (row) => row.surveySent,
  approved: () => (row) => row.approvals > 0,
  ownApproved: () => (row) => row.ownApprovals > 0,
  warned: () => (row) => row.overlooked > 0,
  promisesKept: () => (row) => row.promisesKept > 0,
  promisesBroken: () => (row) => row.promisesBroken > 0,
  promisesOpen: () => (row) => row.promisesOpen > 0,
  promisesMoved: () => (row) => row.promisesMoved > 0,
  deferred: () => (row) => row.deferred > 0,
  deferredNow: () => (row) => row.step === 'deferred',
  returned: () => (row) => row.returns > 0,
  repeat: (_, context) => repeatTest(context),
  day:
    (value, { directory }) =>
    (row) =>
      dateOfDay(localDayAt(directory.timeZone, row.createdAt)) === value,
  cut: (value, { directory }) => cutTest(value, directory.timeZone),
  bucketWorking: (value) => (row) => inBucket(row.workingMinutes, value),
  bucketWall: (value) => (row) => inBucket(row.wallMinutes, value),
  longest: (value) => (row) => row.id === value,
  longestWaits: (_, { received, calendar, directory, asOf }) => {
    const ids = new Set(longestWaits(received, calendar, directory, asOf).map(({ id }) => id));
    return (row) => ids.has(row.id);
  },
  otherGroups: (_, { received }) => besides(received, (row) => row.group, TOP_GROUPS),
  otherMunicipalities: (_, { received }) => besides(received, (row) => row.municipality, TOP_MUNICIPALITIES),
  otherAgencies: (_, { received }) => {
    const handed = received.filter((row) => row.agency !== '');
    const isOther = besides(handed, (row) => row.agency, TOP_AGENCIES);
    return (row) => row.agency !== '' && isOther(row);
  },
};

/** Figures of one agency: `agencyLate:mchs` is what `late` is of that agency alone. */
const OF_AGENCY: Readonly<Record<string, string>> = {
  agency: 'received',
  agencyAnswered: 'answered',
  agencyUnanswered: 'notAnswered',
  agencyInTime: 'inTime',
  agencyLate: 'late',
  agencyDeferred: 'deferred',
  agencyReturned: 'returned',
  agencyRepeat: 'repeat',
  agencyOwnApproved: 'ownApproved',
  agencyWarned: 'warned',
  agencyKept: 'promisesKept',
  agencyBroken: 'promisesBroken',
  agencyMoved: 'promisesMoved',
};

/** Figures of what was done in the period, whatever day the message came. */
const FLOW: Readonly<Record<string, (context: Context) => readonly Facts[]>> = {
  closed: ({ facts, periods }) => facts.filter((row) => outIn(row, periods.period).some(isFinished)),
  solved: ({ facts, periods }) => facts.filter((row) => solvedIn(row, periods.period).length > 0),
  solvedBefore: ({ facts, periods: { period } }) =>
    facts.filter((row) => row.createdAt < period.start && solvedIn(row, period).length > 0),
  flowRejected: ({ facts, periods }) => facts.filter((row) => outIn(row, periods.period).some(isRejected)),
  flowMerged: ({ facts, periods }) => facts.filter((row) => outIn(row, periods.period).some(isMerged)),
  flowReopened: ({ facts, periods: { period } }) =>
    facts.filter(({ endings }) => endings.some(({ reopenedAt }) => within(reopenedAt, period))),
  enteredLater: ({ facts, periods: { period } }) =>
    facts.filter((row) => row.enteredLater.some((at) => within(at, period))),
  carriedIn: ({ facts, periods: { period } }) =>
    facts.filter((row) => row.createdAt < period.start && !isOutAt(row, period.start)),
  overdueNow: (context) => ofControls(context, isOverdue),
  promised: (context) => ofControls(context, isPromised),
  carriedOut: ({ facts, periods: { period } }) =>
    facts.filter((row) => row.createdAt < period.end && !isOutAt(row, period.end)),
};

/**
 * Facts of the incidents of controls: all came before the period's end and are open, so they are among those
 * at hand.
 */
function ofControls(
  { facts, controls, periods, asOf, directory }: Context,
  test: (control: Control, moments: OwedMoments) => boolean,
): readonly Facts[] {
  const moments = owedMoments(periods, asOf, directory.timeZone);
  const ids = new Set(controls.filter((control) => test(control, moments)).map(({ id }) => id));
  return facts.filter((row) => ids.has(row.id));
}

function repeatTest({ past, periods, received }: Context): Test {
  const repeats = past.repeats(received, periods.period);
  return (row) => repeats.has(row);
}

const inBucket = (minutes: number | null, value: string): boolean =>
  minutes !== null && String(BUCKETS[answerBucketOf(minutes)] ?? 'more') === value;

/** Tells whether a message's value is none of the `top` most frequent ones. */
function besides(received: readonly Facts[], keyOf: (row: Facts) => string, top: number): Test {
  const named = new Set(
    tally(received, keyOf)
      .slice(0, top)
      .map(({ key }) => key),
  );
  return (row) => !named.has(keyOf(row));
}

/**
 * The incidents behind one figure of a summary (`data-figure`), so that every number opens what it counts:
 * the count of the answer equals the number printed. Sums over an incident's own parts (returns, approvals,
 * promises) or over what happened to it (finished twice in one month) open the incidents that have any. An
 * unknown figure has none.
 */
export function factsBehind(figure: string, input: FigureInput): readonly Facts[] {
  const [kind = '', ...rest] = figure.split(':');
  const value = rest.join(':');
  const { period } = input.periods;
  const received = input.facts.filter((row) => within(row.createdAt, period));
  const context: Context = { ...input, received };
  const flow = FLOW[kind];
  if (flow !== undefined) return flow(context);
  const ofAgency = OF_AGENCY[kind];
  const test = COHORT[ofAgency ?? kind]?.(value, context);
  if (test === undefined) return [];
  return received.filter((row) => test(row) && (ofAgency === undefined || row.agency === value));
}

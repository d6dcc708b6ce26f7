import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { BUCKETS, answerBucketOf, longestWaits } from './answers.ts';
import {
  isOverdue,
  isPromised,
  owedAsked,
  type Control,
  type OwedAsked,
} from '#shared/report/facts/controls.ts';
import { cutTest } from '#shared/report/facts/cut.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { closedIn, outIn, topicKey } from '#shared/report/facts/past.ts';
import { within } from '#shared/report/facts/period.ts';
import type { ReportInput } from './period-report.ts';
import { tally } from '#shared/report/facts/statistics.ts';
import {
  isClosedBy,
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
 * What figures are read from; `facts` also holds what came before the period and was not closed when it
 * began.
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

type Test = (one: Facts) => boolean;

interface Context extends FigureInput {
  readonly received: readonly Facts[];
}

/** Figures that count messages received in the period; `value` is what follows the colon of the name. */
const COHORT: Readonly<Record<string, (value: string, context: Context) => Test>> = {
  received: () => () => true,
  answered: () => (one) => one.firstReplyAt !== null,
  notAnswered: () => isUnanswered,
  interim: () => (one) => one.firstReplyInterim,
  interimDone: () => (one) => one.firstReplyInterim && one.finalReplyAt !== null,
  inTime: () => (one) => one.inTime === true,
  late: () => (one) => one.inTime === false,
  rejected: () => isRejected,
  merged: () => isMerged,
  taken: () => isTaken,
  finished: () => isFinished,
  inWork: () => isInWork,
  carriedOver:
    (_, { periods }) =>
    (one) =>
      !isClosedBy(one, periods.period.end),
  group: (value) => (one) => one.group === value,
  topic: (value) => (one) => topicKey(one.group, one.topic) === value,
  municipality: (value) => (one) => one.municipality === value,
  network: (value) => (one) => one.network === value,
  kind: (value) => (one) => one.kind === value,
  type: (value) => (one) => one.type === value,
  outcome: (value) => (one) => one.outcome === value,
  closing: (value) => (one) => one.closing === value,
  rejectReason: (value) => (one) => one.rejectReason === value,
  grade: (value) => (one) => one.grade === Number(value),
  graded: () => (one) => one.grade !== null,
  surveySent: () => (one) => one.surveySent,
  approved: () => (one) => one.approvals > 0,
  promisesKept: () => (one) => one.promisesKept > 0,
  promisesBroken: () => (one) => one.promisesBroken > 0,
  promisesOpen: () => (one) => one.promisesOpen > 0,
  deferred: () => (one) => one.deferred > 0,
  deferredNow: () => (one) => one.step === 'deferred',
  returned: () => (one) => one.returns > 0,
  repeat: (_, context) => repeatTest(context),
  day:
    (value, { directory }) =>
    (one) =>
      dateOfDay(localDayAt(directory.timeZone, one.createdAt)) === value,
  cut: (value, { directory }) => cutTest(value, directory.timeZone),
  bucketWorking: (value) => (one) => inBucket(one.workingMinutes, value),
  bucketWall: (value) => (one) => inBucket(one.wallMinutes, value),
  longest: (value) => (one) => one.id === value,
  longestWaits: (_, { received, calendar, directory, asOf }) => {
    const ids = new Set(longestWaits(received, calendar, directory, asOf).map(({ id }) => id));
    return (one) => ids.has(one.id);
  },
  otherGroups: (_, { received }) => besides(received, (one) => one.group, TOP_GROUPS),
  otherMunicipalities: (_, { received }) => besides(received, (one) => one.municipality, TOP_MUNICIPALITIES),
  otherAgencies: (_, { received }) => {
    const handed = received.filter((one) => one.agency !== '');
    const isOther = besides(handed, (one) => one.agency, TOP_AGENCIES);
    return (one) => one.agency !== '' && isOther(one);
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
  agencyKept: 'promisesKept',
  agencyBroken: 'promisesBroken',
};

/** Figures of what was done in the period, whatever day the message came. */
const FLOW: Readonly<Record<string, (context: Context) => readonly Facts[]>> = {
  closed: ({ facts, periods }) => closedIn(facts, periods.period),
  solved: ({ facts, periods }) => closedIn(facts, periods.period).filter(isSolved),
  solvedBefore: ({ facts, periods: { period } }) =>
    closedIn(facts, period).filter((one) => isSolved(one) && one.createdAt < period.start),
  flowRejected: ({ facts, periods }) => outIn(facts, periods.period).filter(isRejected),
  flowMerged: ({ facts, periods }) => outIn(facts, periods.period).filter(isMerged),
  carriedIn: ({ facts, periods: { period } }) =>
    facts.filter((one) => one.createdAt < period.start && !isClosedBy(one, period.start)),
  overdueNow: (context) => ofControls(context, isOverdue),
  promised: (context) => ofControls(context, isPromised),
  carriedOut: ({ facts, periods: { period } }) =>
    facts.filter((one) => one.createdAt < period.end && !isClosedBy(one, period.end)),
};

/**
 * Facts of the incidents of controls: all came before the period's end and are open, so they are among those
 * at hand.
 */
function ofControls(
  { facts, controls, periods, asOf, directory }: Context,
  test: (one: Control, asked: OwedAsked) => boolean,
): readonly Facts[] {
  const asked = owedAsked(periods, asOf, directory.timeZone);
  const ids = new Set(controls.filter((one) => test(one, asked)).map(({ id }) => id));
  return facts.filter((one) => ids.has(one.id));
}

const isSolved: Test = (one) => one.outcome === 'solved';

function repeatTest({ past, periods, received }: Context): Test {
  const repeats = past.repeats(received, periods.period);
  return (one) => repeats.has(one);
}

const inBucket = (minutes: number | null, value: string): boolean =>
  minutes !== null && String(BUCKETS[answerBucketOf(minutes)] ?? 'more') === value;

/** Whether a message's value is none of the `top` most frequent ones. */
function besides(received: readonly Facts[], keyOf: (one: Facts) => string, top: number): Test {
  const named = new Set(
    tally(received, keyOf)
      .slice(0, top)
      .map(({ key }) => key),
  );
  return (one) => !named.has(keyOf(one));
}

/**
 * The incidents behind one figure of a summary (`data-figure`), so that every number opens what it counts:
 * the count of the answer equals the number printed. Sums over an incident's own parts (returns, approvals,
 * promises) open the incidents that have any. An unknown figure has none.
 */
export function factsBehind(figure: string, input: FigureInput): readonly Facts[] {
  const [kind = '', ...rest] = figure.split(':');
  const value = rest.join(':');
  const { period } = input.periods;
  const received = input.facts.filter((one) => within(one.createdAt, period));
  const context: Context = { ...input, received };
  const flow = FLOW[kind];
  if (flow !== undefined) return flow(context);
  const ofAgency = OF_AGENCY[kind];
  const test = COHORT[ofAgency ?? kind]?.(value, context);
  if (test === undefined) return [];
  return received.filter((one) => test(one) && (ofAgency === undefined || one.agency === value));
}

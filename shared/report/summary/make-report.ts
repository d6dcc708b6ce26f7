import { agencyLines, byAgency, ratingLines } from './agencies.ts';
import { aheadOf } from './ahead.ts';
import {
  approvals,
  clockBuckets,
  firstReplies,
  longestWaits,
  promises,
  survey,
  yearsNotCounted,
} from './answers.ts';
import { baselinePeriod, dayLines } from './day-lines.ts';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import {
  compared,
  controlOf,
  countTopics,
  flowOf,
  groupLines,
  movers,
  municipalityLines,
  topicKeys,
  yearToDate,
} from './lines.ts';
import { within, type Period, type ReportPeriods } from '#shared/report/facts/period.ts';
import type { PeriodReport, ReportInput, ReportRegisters } from './period-report.ts';
import { underNewNames } from './renamed-topics.ts';
import { campaignsIn, effectPeriods, registerLines } from './register-lines.ts';
import { countOf, share, tally } from '#shared/report/facts/statistics.ts';

/** Periods that a summary looks at beside its messages, by what it needs of them. */
export type PastPeriods = Readonly<Record<'sums' | 'topics' | 'repeats', readonly Period[]>>;

/** Lists the periods {@link makeReport} reads from its `past`, for those who look them up beforehand. */
export function pastPeriodsOf(
  { period, previous, yearAgo, yearToDate: ours, lastYearToDate }: ReportPeriods,
  { campaigns }: Pick<ReportRegisters, 'campaigns'>,
  zone: string,
): PastPeriods {
  const effects = campaignsIn(campaigns, period).flatMap((campaign) => effectPeriods(campaign, zone));
  return {
    sums: [period, previous, yearAgo, ours, lastYearToDate, baselinePeriod(period, zone)],
    topics: [previous, yearAgo, ...effects],
    repeats: [period],
  };
}

/** Makes the summary of a period. */
export function makeReport(input: ReportInput): PeriodReport {
  const { periods, facts, past, calendar, directory, registers, asOf } = input;
  const { period, form } = periods;
  const received = facts.filter((row) => within(row.createdAt, period));
  const previous = compared(past, periods.previous);
  return {
    region: directory.region,
    regionName: directory.regionName,
    form,
    period: { from: period.from, to: period.to },
    timeZone: directory.timeZone,
    ...(input.letterhead === undefined ? {} : { letterhead: input.letterhead }),
    asOf,
    received: received.length,
    ...(input.unread === undefined || input.unread.length === 0 ? {} : { unread: input.unread }),
    previous: previous === null || previous.received === 0 ? null : { received: previous.received },
    compared: periods.isChosen ? { from: periods.previous.from, to: periods.previous.to } : null,
    comparisons: { previous, yearAgo: compared(past, periods.yearAgo) },
    yearToDate: yearToDate(past, periods),
    ...topicsOf(received, input),
    ...answersOf(received, calendar),
    days: dayLines(received, period, past, calendar, directory.timeZone),
    municipalities: municipalityLines(received, directory),
    ...countsOf(received),
    ...agenciesOf(received, input),
    approval: approvals(received),
    promises: promises(received),
    deferred: {
      count: countOf(received, (row) => row.deferred > 0),
      now: countOf(received, (row) => row.step === 'deferred'),
    },
    returns: { count: received.reduce((sum, row) => sum + row.returns, 0) },
    survey: survey(received),
    longest: longestWaits(received, calendar, directory, asOf),
    flow: flowOf(received, period, past),
    control: controlOf(received),
    ...registerLines(registers, period, past, directory.timeZone),
    ahead: aheadOf(input),
  };
}

/** How soon messages were answered, and which years that could not be counted for. */
function answersOf(
  received: readonly Facts[],
  calendar: ReportInput['calendar'],
): Pick<PeriodReport, 'firstReply' | 'withoutCalendar' | 'clockBuckets'> {
  const years = yearsNotCounted(received, calendar);
  return {
    firstReply: firstReplies(received),
    ...(years.length === 0 ? {} : { withoutCalendar: years }),
    clockBuckets: clockBuckets(received),
  };
}

function topicsOf(
  received: readonly Facts[],
  { past, periods, dictionary = defaultDictionary }: ReportInput,
): Pick<PeriodReport, 'groups' | 'movers'> {
  const topics = countTopics(received);
  const now = topicKeys(topics);
  const earlier = (period: Period): ReadonlyMap<string, number> =>
    underNewNames(past.topics(period), now, periods.period.end, dictionary);
  const previous = earlier(periods.previous);
  const groups = groupLines(topics, received.length, previous, earlier(periods.yearAgo));
  return { groups, movers: movers(groups, previous) };
}

function agenciesOf(
  received: readonly Facts[],
  { past, periods, directory, rules }: ReportInput,
): Pick<PeriodReport, 'agencies' | 'rating' | 'repeats'> {
  const repeats = past.repeats(received, periods.period);
  const own = byAgency(received);
  const agencies = agencyLines(own, repeats, directory);
  return {
    agencies,
    rating: { minimum: rules.minimum, lines: ratingLines(own, agencies, rules) },
    repeats: { count: repeats.size, share: share(repeats.size, received.length) },
  };
}

/** No value of these columns. */
const NONE = '';

type Counts = Pick<
  PeriodReport,
  'networks' | 'kinds' | 'types' | 'outcomes' | 'closingReasons' | 'rejectReasons'
>;

function countsOf(received: readonly Facts[]): Counts {
  /** Nothing is counted where a message has no such value. */
  const of = (keyOf: (row: Facts) => string | null) =>
    tally(received, (row) => keyOf(row) ?? NONE).filter(({ key }) => key !== NONE);
  return {
    networks: of((row) => row.network).map(({ key, count }) => ({
      network: key,
      count,
      share: share(count, received.length),
    })),
    kinds: of((row) => row.kind).map(({ key, count }) => ({ kind: key, count })),
    types: of((row) => row.type).map(({ key, count }) => ({ type: key, count })),
    outcomes: of((row) => row.outcome).map(({ key, count }) => ({ outcome: key, count })),
    closingReasons: of((row) => row.closing).map(({ key, count }) => ({ reason: key, count })),
    rejectReasons: of((row) => row.rejectReason).map(({ key, count }) => ({ reason: key, count })),
  };
}

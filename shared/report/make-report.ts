import { agencyLines, ratingLines } from './agencies.ts';
import { aheadOf } from './ahead.ts';
import { approvals, clockBuckets, firstReplies, longestWaits, promises, survey } from './answers.ts';
import { baselinePeriod, dayLines } from './day-lines.ts';
import type { Facts } from './facts.ts';
import { compared, controlOf, flowOf, groupLines, movers, municipalityLines, yearToDate } from './lines.ts';
import { topicKey, type Past, type Span } from './past.ts';
import { within, type ReportPeriods } from './period.ts';
import type { PeriodReport, ReportInput, ReportRegisters } from './period-report.ts';
import { underNewNames } from './renamed-topics.ts';
import { campaignsIn, effectPeriods, registerLines } from './register-lines.ts';
import { share, tally } from './statistics.ts';

/** Everything {@link makeReport} will ask its `past`, for those who must look it up beforehand. */
export function askedOf(
  { period, previous, yearAgo, yearToDate: ours, lastYearToDate }: ReportPeriods,
  { campaigns }: Pick<ReportRegisters, 'campaigns'>,
  zone: string,
): Readonly<Record<keyof Past, readonly Span[]>> {
  const effects = campaignsIn(campaigns, period).flatMap((one) => effectPeriods(one, zone));
  return {
    totals: [previous, yearAgo, ours, lastYearToDate],
    topics: [previous, yearAgo, ...effects],
    days: [baselinePeriod(period, zone)],
    repeats: [period],
  };
}

/** Makes the summary of a period. */
export function makeReport(input: ReportInput): PeriodReport {
  const { periods, facts, past, calendar, directory, registers, asOf } = input;
  const { period, form } = periods;
  const received = facts.filter((one) => within(one.createdAt, period));
  const previous = compared(past, periods.previous);
  return {
    region: directory.region,
    regionName: directory.regionName,
    form,
    period: { from: period.from, to: period.to },
    timeZone: directory.timeZone,
    asOf,
    received: received.length,
    previous: previous === null || previous.received === 0 ? null : { received: previous.received },
    comparisons: { previous, yearAgo: compared(past, periods.yearAgo) },
    yearToDate: yearToDate(past, periods),
    ...topicsOf(received, input),
    firstReply: firstReplies(received),
    clockBuckets: clockBuckets(received),
    days: dayLines(received, period, past, calendar, directory.timeZone),
    municipalities: municipalityLines(received, directory),
    ...countsOf(received),
    ...agenciesOf(received, input),
    approval: approvals(received),
    promises: promises(received),
    deferred: {
      count: received.filter((one) => one.deferred > 0).length,
      now: received.filter((one) => one.step === 'deferred').length,
    },
    returns: { count: received.reduce((sum, one) => sum + one.returns, 0) },
    survey: survey(received),
    longest: longestWaits(received, calendar, directory, asOf),
    flow: flowOf(facts, period),
    control: controlOf(received),
    ...registerLines(registers, period, past, directory.timeZone),
    ahead: aheadOf({ ...input, timeZone: directory.timeZone }, directory),
  };
}

function topicsOf(
  received: readonly Facts[],
  { past, periods }: ReportInput,
): Pick<PeriodReport, 'groups' | 'movers'> {
  const now = new Set(received.map(({ group, topic }) => topicKey(group, topic)));
  const earlier = (span: Span): ReadonlyMap<string, number> =>
    underNewNames(past.topics(span), now, periods.period.end);
  const previous = earlier(periods.previous);
  return {
    groups: groupLines(received, previous, earlier(periods.yearAgo)),
    movers: movers(received, previous),
  };
}

function agenciesOf(
  received: readonly Facts[],
  { past, periods, directory, rules }: ReportInput,
): Pick<PeriodReport, 'agencies' | 'rating' | 'repeats'> {
  const repeats = past.repeats(periods.period);
  const agencies = agencyLines(received, repeats, directory);
  const again = received.filter((one) => repeats.has(one.id)).length;
  return {
    agencies,
    rating: { minimum: rules.minimum, lines: ratingLines(received, agencies, rules) },
    repeats: { count: again, share: share(again, received.length) },
  };
}

type Counts = Pick<
  PeriodReport,
  'networks' | 'kinds' | 'types' | 'outcomes' | 'closingReasons' | 'rejectReasons'
>;

function countsOf(received: readonly Facts[]): Counts {
  const of = (keyOf: (one: Facts) => string | null) =>
    tally(
      received.filter((one) => keyOf(one) !== null),
      (one) => keyOf(one) ?? '',
    );
  return {
    networks: of((one) => one.network).map(({ key, count }) => ({
      network: key,
      count,
      share: share(count, received.length),
    })),
    kinds: of((one) => one.kind).map(({ key, count }) => ({ kind: key, count })),
    types: of((one) => one.type).map(({ key, count }) => ({ type: key, count })),
    outcomes: of((one) => one.outcome).map(({ key, count }) => ({ outcome: key, count })),
    closingReasons: of((one) => one.closing).map(({ key, count }) => ({ reason: key, count })),
    rejectReasons: of((one) => one.rejectReason).map(({ key, count }) => ({ reason: key, count })),
  };
}

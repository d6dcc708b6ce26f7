import { isOutAt } from '#shared/report/facts/endings.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { groupOfKey, solvedIn, topicKey, type Past, type Totals } from '#shared/report/facts/past.ts';
import type { Period, ReportPeriods } from '#shared/report/facts/period.ts';
import type {
  Compared,
  GroupLine,
  Mover,
  MunicipalityLine,
  PeriodReport,
  ReportDirectory,
} from './period-report.ts';
import { countOf, ranked, share, tally } from '#shared/report/facts/statistics.ts';
import { isFinished, isInWork, isMerged, isRejected } from '#shared/report/facts/steps.ts';

/** A topic of fewer messages rises or falls by chance. */
const LEAST_MOVED = 5;
const MOST_MOVERS = 5;

/** Another period in short, or null when nothing was received and nothing closed in it. */
export function compared(past: Past, period: Period): Compared | null {
  const totals = past.totals(period);
  return totals.received === 0 && totals.closed === 0 ? null : inShort(totals, period);
}

export const inShort = (totals: Totals, { from, to }: Period): Compared => ({
  from,
  to,
  received: totals.received,
  answered: totals.answered,
  closed: totals.closed,
  solved: totals.solved,
  workingMeanMinutes: totals.workingCount === 0 ? null : totals.workingSum / totals.workingCount,
  inTimeShare: totals.judged === 0 ? null : totals.inTime / totals.judged,
});

export function yearToDate(
  past: Past,
  { yearToDate: ours, lastYearToDate }: ReportPeriods,
): PeriodReport['yearToDate'] {
  return { ...inShort(past.totals(ours), ours), before: compared(past, lastYearToDate) };
}

const byGroup = (topics: ReadonlyMap<string, number>): ReadonlyMap<string, number> | null => {
  if (topics.size === 0) return null;
  const groups = new Map<string, number>();
  for (const [key, count] of topics) groups.set(groupOfKey(key), (groups.get(groupOfKey(key)) ?? 0) + count);
  return groups;
};

/** How many messages there are of each group's topics. */
export type TopicCounts = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function countTopics(received: readonly Facts[]): TopicCounts {
  const groups = new Map<string, Map<string, number>>();
  for (const { group, topic } of received) {
    let topics = groups.get(group);
    if (topics === undefined) groups.set(group, (topics = new Map()));
    topics.set(topic, (topics.get(topic) ?? 0) + 1);
  }
  return groups;
}

export const topicKeys = (counts: TopicCounts): ReadonlySet<string> =>
  new Set(
    [...counts].flatMap(([group, topics]) => [...topics.keys()].map((topic) => topicKey(group, topic))),
  );

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** `received`: how many there are in all. */
export function groupLines(
  counts: TopicCounts,
  received: number,
  previous: ReadonlyMap<string, number>,
  yearAgo: ReadonlyMap<string, number>,
): readonly GroupLine[] {
  const before = byGroup(previous);
  const ago = byGroup(yearAgo);
  const sums = Array.from(counts, ([group, topics]) => [group, sumOf(topics)] as const);
  return ranked(new Map(sums)).map(({ key: group, count }) => ({
    group,
    count,
    share: share(count, received),
    previous: before === null ? null : (before.get(group) ?? 0),
    yearAgo: ago === null ? null : (ago.get(group) ?? 0),
    change: before === null ? null : count - (before.get(group) ?? 0),
    topics: ranked(counts.get(group) ?? new Map()).map(({ key: topic, count: times }) => ({
      topic,
      count: times,
    })),
  }));
}

/** Topics that moved most against the compared period; none when that is empty. */
export function movers(
  groups: readonly GroupLine[],
  previous: ReadonlyMap<string, number>,
): PeriodReport['movers'] {
  if (previous.size === 0) return { risers: [], fallers: [] };
  const now = new Map(
    groups.flatMap(({ group, topics }) =>
      topics.map(({ topic, count }) => [topicKey(group, topic), count] as const),
    ),
  );
  const all = [...new Set([...now.keys(), ...previous.keys()])]
    .filter((key) => !key.endsWith('\u203A'))
    .map((key): Mover => {
      const [count, before] = [now.get(key) ?? 0, previous.get(key) ?? 0];
      const group = groupOfKey(key);
      return { group, topic: key.slice(group.length + 1), count, before, change: count - before };
    })
    .filter(({ count, before }) => Math.max(count, before) >= LEAST_MOVED);
  const most = (sign: 1 | -1): readonly Mover[] =>
    all
      .filter(({ change }) => change * sign > 0)
      .toSorted(
        (a, b) =>
          (b.change - a.change) * sign || (topicKey(a.group, a.topic) < topicKey(b.group, b.topic) ? -1 : 1),
      )
      .slice(0, MOST_MOVERS);
  return { risers: most(1), fallers: most(-1) };
}

export function municipalityLines(
  received: readonly Facts[],
  directory: ReportDirectory,
): readonly MunicipalityLine[] {
  return tally(received, (row) => row.municipality).map(({ key: municipality, count }) => {
    const population = directory.population(municipality);
    return {
      municipality,
      count,
      perThousand: population === null || population === 0 ? null : (count * 1000) / population,
    };
  });
}

/** Counts the work done in the period, whatever day the message came, and how that adds up. */
export function flowOf(received: readonly Facts[], period: Period, past: Past): PeriodReport['flow'] {
  const { closed, solved, rejected, merged, reopened, enteredLater } = past.totals(period);
  const { carriedIn, carriedOut } = past.carried(period);
  const solvedOfOurs = received.reduce((sum, row) => sum + solvedIn(row, period).length, 0);
  return {
    carriedIn,
    closed,
    solved,
    solvedFromBefore: solved - solvedOfOurs,
    rejected,
    merged,
    reopened,
    enteredLater,
    carriedOver: countOf(received, (row) => !isOutAt(row, period.end)),
    carriedOut,
    balances: carriedIn + received.length + reopened === closed + rejected + merged + carriedOut,
  };
}

/** Outcomes of the messages received. */
export function controlOf(received: readonly Facts[]): PeriodReport['control'] {
  const count = (test: (row: Facts) => boolean): number => countOf(received, test);
  const [rejected, merged, finished, inWork] = [
    count(isRejected),
    count(isMerged),
    count(isFinished),
    count(isInWork),
  ];
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

import { workingMarks, yearsWithoutHolidays, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import type { ClockFigures, PeriodReport, ReportDirectory, Wait } from './period-report.ts';
import { ascending, countOf, mean, middleOf } from '#shared/report/facts/statistics.ts';
import { isUnanswered } from '#shared/report/facts/steps.ts';

/**
 * Upper ends of the buckets answers are sorted into, minutes: half an hour, 1, 2, 4 and 9 hours, a day, three
 * days.
 */
export const BUCKETS: readonly (Minutes | null)[] = [30, 60, 120, 240, 540, 1440, 4320, null];

const LONGEST = 10;

export const present = (values: readonly (number | null)[]): readonly number[] =>
  values.filter((value) => value !== null);

export const clock = (values: readonly (number | null)[]): ClockFigures => {
  // In order, so that the sum of fractions is the same wherever the facts came from.
  const known = ascending(present(values));
  return { count: known.length, meanMinutes: mean(known), medianMinutes: middleOf(known) };
};

export function firstReplies(received: readonly Facts[]): PeriodReport['firstReply'] {
  const answered = received.filter((row) => row.firstReplyAt !== null);
  const interim = answered.filter((row) => row.firstReplyInterim);
  const inTime = countOf(answered, (row) => row.inTime === true);
  const late = countOf(answered, (row) => row.inTime === false);
  return {
    answered: answered.length,
    notAnswered: countOf(received, isUnanswered),
    interim: interim.length,
    interimDone: countOf(interim, (row) => row.finalReplyAt !== null),
    working: clock(answered.map((row) => row.workingMinutes)),
    wall: clock(answered.map((row) => row.wallMinutes)),
    inTime,
    late,
    inTimeShare: inTime + late === 0 ? null : inTime / (inTime + late),
  };
}

/** The bucket a time falls into: the first whose end it does not pass. */
export const answerBucketOf = (minutes: Minutes): number =>
  BUCKETS.findIndex((upTo) => upTo === null || minutes <= upTo);

export function clockBuckets(received: readonly Facts[]): PeriodReport['clockBuckets'] {
  const lines = BUCKETS.map((upToMinutes) => ({ upToMinutes, working: 0, wall: 0 }));
  const add = (minutes: Minutes | null, clockName: 'working' | 'wall'): void => {
    const line = minutes === null ? undefined : lines[answerBucketOf(minutes)];
    if (line !== undefined) line[clockName] += 1;
  };
  for (const { workingMinutes, wallMinutes } of received) {
    add(workingMinutes, 'working');
    add(wallMinutes, 'wall');
  }
  return lines;
}

/** Time on approval over the replies of the messages received. */
export function approvals(received: readonly Facts[]): PeriodReport['approval'] {
  const count = received.reduce((sum, row) => sum + row.approvals, 0);
  const ms = received.reduce((sum, row) => sum + row.approvalMs, 0);
  const own = received.reduce((sum, row) => sum + row.ownApprovals, 0);
  const warned = countOf(received, (row) => row.overlooked > 0);
  const overlooked = received.reduce((sum, row) => sum + row.overlooked, 0);
  return { count, own, warned, overlooked, meanMinutes: count === 0 ? null : ms / count / MS_PER_MINUTE };
}

export function promises(received: readonly Facts[]): PeriodReport['promises'] {
  const sum = (of: (row: Facts) => number): number => received.reduce((total, row) => total + of(row), 0);
  return {
    kept: sum((row) => row.promisesKept),
    broken: sum((row) => row.promisesBroken),
    open: sum((row) => row.promisesOpen),
    moved: sum((row) => row.promisesMoved),
  };
}

export function survey(received: readonly Facts[]): PeriodReport['survey'] {
  const grades = present(received.map((row) => row.grade));
  return {
    sent: countOf(received, (row) => row.surveySent),
    graded: grades.length,
    mean: mean(grades),
    grades: [5, 4, 3, 2, 1].map((grade) => ({
      grade,
      count: grades.filter((value) => value === grade).length,
    })),
  };
}

/**
 * The ten messages that waited longest for a first answer, or still wait for it; by working time, then by the
 * wall clock.
 */
export function longestWaits(
  received: readonly Facts[],
  calendar: CompiledCalendar,
  directory: ReportDirectory,
  asOf: Instant,
): readonly Wait[] {
  const waited = received
    .filter((row) => row.firstReplyAt !== null || isUnanswered(row))
    .map((row) => waitedOf(row, calendar, asOf));
  // Only those that can be among the first are worth putting in order.
  const least = ascending(waited.map(working)).at(-LONGEST) ?? UNKNOWN;
  return waited
    .filter((wait) => working(wait) >= least)
    .toSorted(
      (a, b) => working(b) - working(a) || b.wallMinutes - a.wallMinutes || (a.row.id < b.row.id ? -1 : 1),
    )
    .slice(0, LONGEST)
    .map((wait) => waitOf(wait, directory));
}

interface Waited extends Pick<Wait, 'workingMinutes' | 'wallMinutes'> {
  readonly row: Facts;
}

/** Sorts after all that is known. */
const UNKNOWN = -1;
const working = ({ workingMinutes }: Waited): number => workingMinutes ?? UNKNOWN;

const waitedOf = (row: Facts, calendar: CompiledCalendar, asOf: Instant): Waited => ({
  row,
  workingMinutes: row.firstReplyAt === null ? marks(calendar, row.createdAt, asOf) : row.workingMinutes,
  wallMinutes: row.wallMinutes ?? Math.max(0, asOf - row.createdAt) / MS_PER_MINUTE,
});

function waitOf({ row, workingMinutes, wallMinutes }: Waited, directory: ReportDirectory): Wait {
  const { id, number, createdAt, agency, group, topic, municipality } = row;
  return {
    id,
    number,
    createdAt,
    isAnswered: row.firstReplyAt !== null,
    workingMinutes,
    wallMinutes,
    agency,
    agencyName: agency === '' ? '' : directory.agencyName(agency),
    group,
    topic,
    municipality,
  };
}

/** Years of messages answered for whose working time no production calendar was entered, oldest first. */
export const yearsNotCounted = (received: readonly Facts[], calendar: CompiledCalendar): readonly number[] =>
  [
    ...new Set(
      received.flatMap(({ createdAt, firstReplyAt, workingMinutes }) =>
        firstReplyAt === null || workingMinutes !== null
          ? []
          : yearsWithoutHolidays(calendar, createdAt, firstReplyAt),
      ),
    ),
  ].toSorted((a, b) => a - b);

/** Null beyond the years the calendar knows. */
function marks(calendar: CompiledCalendar, from: Instant, to: Instant): Minutes | null {
  try {
    return yearsWithoutHolidays(calendar, from, to).length > 0 ? null : workingMarks(calendar, from, to);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

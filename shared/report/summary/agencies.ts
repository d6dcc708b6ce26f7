import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { clock } from './answers.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import type { AgencyLine, RatingLine, RatingPart, ReportDirectory } from './period-report.ts';
import type { RatingMeasure, RatingRule, RatingRules } from '#shared/domain/rating-rules.ts';
import { countOf, ranked, share } from '#shared/report/facts/statistics.ts';
import { isUnanswered } from '#shared/report/facts/steps.ts';

/** Messages by the agency that answered them, or that holds them. */
type ByAgency = ReadonlyMap<string, readonly Facts[]>;

export function byAgency(received: readonly Facts[]): ByAgency {
  const all = new Map<string, Facts[]>();
  for (const row of received) {
    const { agency } = row;
    if (agency === '') continue;
    const own = all.get(agency);
    if (own === undefined) all.set(agency, [row]);
    else own.push(row);
  }
  return all;
}

/** Every agency's own line, those with most messages first. */
export function agencyLines(
  all: ByAgency,
  repeats: ReadonlySet<Facts>,
  directory: ReportDirectory,
): readonly AgencyLine[] {
  const counts = Array.from(all, ([agency, own]) => [agency, own.length] as const);
  return ranked(new Map(counts)).map(({ key }) => agencyLine(key, all.get(key) ?? [], repeats, directory));
}

function agencyLine(
  agency: string,
  own: readonly Facts[],
  repeats: ReadonlySet<Facts>,
  directory: ReportDirectory,
): AgencyLine {
  const { inTime, approvals, approvalMs, ...sums } = sumsOf(own, repeats);
  const judged = inTime + sums.late;
  return {
    agency,
    name: directory.agencyName(agency),
    nameDative: directory.agencyDative(agency),
    count: own.length,
    ...sums,
    working: clock(own.map((row) => row.workingMinutes)),
    wall: clock(own.map((row) => row.wallMinutes)),
    inTimeShare: judged === 0 ? null : inTime / judged,
    approvalMeanMinutes: approvals === 0 ? null : approvalMs / approvals / MS_PER_MINUTE,
  };
}

/** All in one go over the messages: a dozen goes would take as many times as long. */
function sumsOf(own: readonly Facts[], repeats: ReadonlySet<Facts>) {
  let [answered, inTime, late, unanswered, solved, deferred, repeated] = [0, 0, 0, 0, 0, 0, 0];
  let [returns, approvals, approvalMs, ownApprovals, warned, overlooked] = [0, 0, 0, 0, 0, 0];
  let [promisesKept, promisesBroken, promisesMoved] = [0, 0, 0];
  for (const row of own) {
    if (row.firstReplyAt !== null) answered += 1;
    if (row.inTime === true) inTime += 1;
    if (row.inTime === false) late += 1;
    if (isUnanswered(row)) unanswered += 1;
    if (row.outcome === 'solved') solved += 1;
    if (row.deferred > 0) deferred += 1;
    if (repeats.has(row)) repeated += 1;
    returns += row.returns;
    approvals += row.approvals;
    approvalMs += row.approvalMs;
    ownApprovals += row.ownApprovals;
    if (row.overlooked > 0) warned += 1;
    overlooked += row.overlooked;
    promisesKept += row.promisesKept;
    promisesBroken += row.promisesBroken;
    promisesMoved += row.promisesMoved;
  }
  const counts = { answered, inTime, late, unanswered, solved, deferred, repeats: repeated };
  const promised = { promisesKept, promisesBroken, promisesMoved };
  return { ...counts, returns, approvals, approvalMs, ownApprovals, warned, overlooked, ...promised };
}

/**
 * True when the author was pleased or gave four or five, false when not; null when nothing was said at the
 * closing.
 */
const isPleased = ({ closing, grade }: Facts): boolean | null => {
  if (grade !== null) return grade >= 4;
  if (closing === 'author_pleased') return true;
  return closing === 'dialogue_pointless' ? false : null;
};

function pleasedShare(own: readonly Facts[]): number | null {
  let [graded, pleased] = [0, 0];
  for (const row of own) {
    const said = isPleased(row);
    if (said !== null) graded += 1;
    if (said === true) pleased += 1;
  }
  return graded === 0 ? null : share(pleased, graded);
}

function measureOf(measure: RatingMeasure, line: AgencyLine, own: readonly Facts[]): number | null {
  const promised = line.promisesKept + line.promisesBroken;
  switch (measure) {
    case 'speed':
      return line.working.meanMinutes;
    case 'inTime':
      return line.inTimeShare;
    case 'satisfaction':
      return pleasedShare(own);
    case 'returns':
      return share(
        countOf(own, (row) => row.returns > 0),
        own.length,
      );
    case 'promises':
      return promised === 0 ? null : line.promisesKept / promised;
    case 'repeats':
      return share(line.repeats, line.count);
  }
}

function partOf({ measure, max, full, none }: RatingRule, value: number | null): RatingPart {
  if (value === null) return { measure, value, points: null, max };
  const reached = Math.min(1, Math.max(0, (value - none) / (full - none)));
  return { measure, value, points: Math.round(reached * max * 10) / 10, max };
}

/** Points of a hundred over what could be measured. */
function pointsOf(parts: readonly RatingPart[]): number | null {
  const measured = parts.filter((part) => part.points !== null);
  const max = measured.reduce((sum, part) => sum + part.max, 0);
  const points = measured.reduce((sum, part) => sum + (part.points ?? 0), 0);
  return max === 0 ? null : Math.round((points / max) * 1000) / 10;
}

/**
 * The rating: best first, equal points on one place, agencies with too few messages after all others and
 * without a place.
 */
export function ratingLines(
  all: ByAgency,
  lines: readonly AgencyLine[],
  { minimum, rules }: RatingRules,
): readonly RatingLine[] {
  const rated = lines.map((line): RatingLine => {
    const own = all.get(line.agency) ?? [];
    const parts = rules.map((rule) => partOf(rule, measureOf(rule.measure, line, own)));
    const isEnough = line.count >= minimum && line.answered > 0;
    const { agency, name, count } = line;
    return { agency, name, count, place: null, points: isEnough ? pointsOf(parts) : null, parts };
  });
  const placed = rated
    .filter(({ points }) => points !== null)
    .toSorted(
      (a, b) => (b.points ?? 0) - (a.points ?? 0) || b.count - a.count || (a.agency < b.agency ? -1 : 1),
    );
  return [
    ...placed.map((line) => ({
      ...line,
      place: 1 + placed.findIndex(({ points }) => points === line.points),
    })),
    ...rated.filter(({ points }) => points === null),
  ];
}

import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { clock } from './answers.ts';
import type { Facts } from './facts.ts';
import type { AgencyLine, RatingLine, RatingPart, ReportDirectory } from './period-report.ts';
import type { RatingMeasure, RatingRule, RatingRules } from './rating-rules.ts';
import { share, tally } from './statistics.ts';
import { isUnanswered } from './steps.ts';

/** Messages received by the agency that answered them, or that holds them. */
function byAgency(received: readonly Facts[]): ReadonlyMap<string, readonly Facts[]> {
  const all = new Map<string, Facts[]>();
  for (const one of received) {
    if (one.agency === '') continue;
    const own = all.get(one.agency);
    if (own === undefined) all.set(one.agency, [one]);
    else own.push(one);
  }
  return all;
}

/** Every agency's own line, those with most messages first. */
export function agencyLines(
  received: readonly Facts[],
  repeats: ReadonlySet<Facts>,
  directory: ReportDirectory,
): readonly AgencyLine[] {
  const all = byAgency(received);
  const order = tally(
    received.filter((one) => one.agency !== ''),
    (one) => one.agency,
  );
  return order.map(({ key }) => agencyLine(key, all.get(key) ?? [], repeats, directory));
}

function agencyLine(
  agency: string,
  own: readonly Facts[],
  repeats: ReadonlySet<Facts>,
  directory: ReportDirectory,
): AgencyLine {
  const sum = (of: (one: Facts) => number): number => own.reduce((total, one) => total + of(one), 0);
  const count = (test: (one: Facts) => boolean): number => own.filter(test).length;
  const [inTime, late] = [count((one) => one.inTime === true), count((one) => one.inTime === false)];
  const approved = sum((one) => one.approvals);
  return {
    agency,
    name: directory.agencyName(agency),
    nameDative: directory.agencyDative(agency),
    count: own.length,
    answered: count((one) => one.firstReplyAt !== null),
    working: clock(own.map((one) => one.workingMinutes)),
    wall: clock(own.map((one) => one.wallMinutes)),
    inTimeShare: inTime + late === 0 ? null : inTime / (inTime + late),
    late,
    unanswered: count(isUnanswered),
    solved: count((one) => one.outcome === 'solved'),
    deferred: count((one) => one.deferred > 0),
    returns: sum((one) => one.returns),
    repeats: count((one) => repeats.has(one)),
    approvalMeanMinutes: approved === 0 ? null : sum((one) => one.approvalMs) / approved / MS_PER_MINUTE,
    promisesKept: sum((one) => one.promisesKept),
    promisesBroken: sum((one) => one.promisesBroken),
  };
}

/** Whether the author said anything when it was closed, and whether it was good: pleased, or a grade of four and five. */
const isPleased = ({ closing, grade }: Facts): boolean | null => {
  if (grade !== null) return grade >= 4;
  if (closing === 'author_pleased') return true;
  return closing === 'dialogue_pointless' ? false : null;
};

function pleasedShare(own: readonly Facts[]): number | null {
  const told = own.map(isPleased).filter((one) => one !== null);
  return told.length === 0 ? null : share(told.filter(Boolean).length, told.length);
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
      return share(own.filter((one) => one.returns > 0).length, own.length);
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

/** The rating: best first, equal points on one place, agencies with too few messages after all others and without a place. */
export function ratingLines(
  received: readonly Facts[],
  lines: readonly AgencyLine[],
  { minimum, rules }: RatingRules,
): readonly RatingLine[] {
  const all = byAgency(received);
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

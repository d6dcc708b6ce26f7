import { topicFigure } from './figure.ts';
import type { PeriodReport } from './period-report.ts';
import { leavesOf, type Leaf } from './report-leaves.ts';

/** Measures of a figure. `count` is how many incidents it counts. */
export type Measure =
  | 'count'
  | 'meanWorking'
  | 'medianWorking'
  | 'meanWall'
  | 'medianWall'
  | 'approval'
  | 'warnings'
  | 'grade'
  | 'points'
  | 'place'
  | 'solvedBy'
  | 'before'
  | 'yearBefore'
  | 'usual'
  | 'received'
  | 'answered'
  | 'closed'
  | 'solved'
  | 'meanReply'
  | 'inTimeShare';

/** A part of the summary: a key of its JSON. */
export type ReportPart = keyof PeriodReport;

/** A number that is not what it was. A count that is missing on one side is nought there. */
export interface Changed {
  readonly part: ReportPart;
  /** The `data-figure` that opens its incidents; for figures of other periods their name, as `previous`. */
  readonly figure: string;
  readonly opens: boolean;
  readonly measure: Measure;
  readonly was: number | null;
  readonly now: number | null;
}

/** The changes of a summary. `others` are parts of which something changed that is not among the numbers. */
export interface ReportDiff {
  readonly lines: readonly Changed[];
  readonly others: readonly ReportPart[];
}

interface Rule {
  readonly figure: (keys: readonly string[]) => string;
  readonly measure: Measure;
  readonly opens: boolean;
}

const named = (kind: string, measure: Measure = 'count', opens = true): Rule => ({
  figure: ([key]) => (key === undefined ? kind : `${kind}:${key}`),
  measure,
  opens,
});

/** Figures of another period, which have no incidents here to open. */
const elsewhere = (path: string, name: string): Readonly<Record<string, Rule>> =>
  Object.fromEntries(
    (
      [
        ['received', 'received'],
        ['answered', 'answered'],
        ['closed', 'closed'],
        ['solved', 'solved'],
        ['workingMeanMinutes', 'meanReply'],
        ['inTimeShare', 'inTimeShare'],
      ] as const
    ).map(([key, measure]) => [`${path}/${key}`, { figure: () => name, measure, opens: false }]),
  );

/** Every number a person may ask about, by its path; `*` stands for the name of a line. */
const RULES: Readonly<Record<string, Rule>> = {
  received: named('received'),
  ...Object.fromEntries(
    ['rejected', 'merged', 'taken', 'finished', 'inWork'].map((name) => [`control/${name}`, named(name)]),
  ),
  'flow/carriedIn': named('carriedIn'),
  'flow/closed': named('closed'),
  'flow/solved': named('solved'),
  'flow/solvedFromBefore': named('solvedBefore'),
  'flow/rejected': named('flowRejected'),
  'flow/merged': named('flowMerged'),
  'flow/reopened': named('flowReopened'),
  'flow/enteredLater': named('enteredLater'),
  'flow/carriedOver': named('carriedOver'),
  'flow/carriedOut': named('carriedOut'),
  ...Object.fromEntries(
    ['answered', 'notAnswered', 'interim', 'interimDone', 'inTime', 'late'].map((name) => [
      `firstReply/${name}`,
      named(name),
    ]),
  ),
  'firstReply/working/meanMinutes': named('answered', 'meanWorking'),
  'firstReply/working/medianMinutes': named('answered', 'medianWorking'),
  'firstReply/wall/meanMinutes': named('answered', 'meanWall'),
  'firstReply/wall/medianMinutes': named('answered', 'medianWall'),
  'groups/*/count': named('group'),
  'groups/*/previous': named('group', 'before', false),
  'groups/*/yearAgo': named('group', 'yearBefore', false),
  'groups/*/topics/*/count': {
    figure: ([group = '', topic = '']) => topicFigure(group, topic),
    measure: 'count',
    opens: true,
  },
  'municipalities/*/count': named('municipality'),
  'networks/*/count': named('network'),
  'kinds/*/count': named('kind'),
  'types/*/count': named('type'),
  'outcomes/*/count': named('outcome'),
  'closingReasons/*/count': named('closing'),
  'rejectReasons/*/count': named('rejectReason'),
  'clockBuckets/*/working': named('bucketWorking'),
  'clockBuckets/*/wall': named('bucketWall'),
  'days/*/count': named('day'),
  'days/*/baseline': named('day', 'usual', false),
  'agencies/*/count': named('agency'),
  'agencies/*/answered': named('agencyAnswered'),
  'agencies/*/unanswered': named('agencyUnanswered'),
  'agencies/*/late': named('agencyLate'),
  'agencies/*/solved': named('agency', 'solvedBy'),
  'agencies/*/deferred': named('agencyDeferred'),
  'agencies/*/returns': named('agencyReturned'),
  'agencies/*/repeats': named('agencyRepeat'),
  'agencies/*/ownApprovals': named('agencyOwnApproved'),
  'agencies/*/warned': named('agencyWarned'),
  'agencies/*/overlooked': named('agencyWarned', 'warnings'),
  'agencies/*/promisesKept': named('agencyKept'),
  'agencies/*/promisesBroken': named('agencyBroken'),
  'agencies/*/promisesMoved': named('agencyMoved'),
  'agencies/*/working/meanMinutes': named('agencyAnswered', 'meanWorking'),
  'agencies/*/working/medianMinutes': named('agencyAnswered', 'medianWorking'),
  'agencies/*/wall/meanMinutes': named('agencyAnswered', 'meanWall'),
  'agencies/*/wall/medianMinutes': named('agencyAnswered', 'medianWall'),
  'agencies/*/approvalMeanMinutes': named('agency', 'approval'),
  'rating/lines/*/place': named('agency', 'place'),
  'rating/lines/*/points': named('agency', 'points'),
  'approval/count': named('approved'),
  'approval/own': named('ownApproved'),
  'approval/warned': named('warned'),
  'approval/overlooked': named('warned', 'warnings'),
  'approval/meanMinutes': named('approved', 'approval'),
  'promises/kept': named('promisesKept'),
  'promises/broken': named('promisesBroken'),
  'promises/open': named('promisesOpen'),
  'promises/moved': named('promisesMoved'),
  'repeats/count': named('repeat'),
  'deferred/count': named('deferred'),
  'deferred/now': named('deferredNow'),
  'returns/count': named('returned'),
  'survey/sent': named('surveySent'),
  'survey/graded': named('graded'),
  'survey/mean': named('graded', 'grade'),
  'survey/grades/*/count': named('grade'),
  ...elsewhere('comparisons/previous', 'previous'),
  ...elsewhere('comparisons/yearAgo', 'yearAgo'),
  ...elsewhere('yearToDate', 'yearToDate'),
  ...elsewhere('yearToDate/before', 'lastYearToDate'),
};

/** Follows from other numbers, says them again, or is told of the moment of making and not of the period. */
const DERIVED: readonly RegExp[] = [
  /^asOf$/,
  /^(?:ahead|issued|previous|letterhead)\//,
  /^control\/received$/,
  /\/(?:share|change|perThousand|balances)$/,
  /^(?:agencies\/\*|firstReply)\/inTimeShare$/,
  /\/(?:working|wall)\/count$/,
  /^rating\/lines\/\*\/(?:count|parts\/.*)$/,
  /^(?:comparisons|yearToDate)\/(?:\w+\/)?(?:from|to)$/,
];

/** Names of lines stand at these depths of each table's path. */
const LINE_DEPTHS: Readonly<Record<string, readonly number[]>> = {
  groups: [1, 3],
  movers: [2],
  rating: [2, 4],
  survey: [2],
};

const FLAT = new Set<string>([
  'municipalities',
  'networks',
  'kinds',
  'types',
  'outcomes',
  'closingReasons',
  'rejectReasons',
  'clockBuckets',
  'days',
  'agencies',
  'longest',
  'campaigns',
  'activities',
  'examples',
]);

/** A path with its names of lines taken out, and those names. */
function patternOf(path: readonly string[]): { readonly pattern: string; readonly keys: readonly string[] } {
  const depths = LINE_DEPTHS[path[0] ?? ''] ?? (FLAT.has(path[0] ?? '') ? [1] : []);
  const isKey = (_: string, at: number): boolean => depths.includes(at);
  return {
    pattern: path.map((name, at) => (isKey(name, at) ? '*' : name)).join('/'),
    keys: path.filter(isKey),
  };
}

/** Equal but for the last digits of a mean that was summed in another order. */
function isSame(a: Leaf['value'] | undefined, b: Leaf['value'] | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return (a ?? null) === (b ?? null);
  if (Number.isInteger(a) && Number.isInteger(b)) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/**
 * Tables that are told as changed by themselves; of the others a line that came or went is told by its
 * numbers.
 */
const WHOLE = new Set<string>(['movers', 'longest', 'campaigns', 'activities', 'examples']);

/** Rules in the order they are told in. */
const ORDER = new Map(Object.keys(RULES).map((pattern, at) => [pattern, at]));

/**
 * Finds the changes of a summary, number by number. Nothing is passed over in silence: what
 * is no number of ours is told as a part that changed. `hasAuthors` false leaves out what is counted by
 * authors, whom this reader's copy does not have.
 */
export function reportDiff(was: PeriodReport, now: PeriodReport, hasAuthors = true): ReportDiff {
  const [before, after] = [leavesOf(was), leavesOf(now)];
  const lines: { readonly order: number; readonly line: Changed }[] = [];
  const others = new Set<ReportPart>();
  for (const [id, { path }] of new Map([...after, ...before])) {
    const [a, b] = [before.get(id)?.value, after.get(id)?.value];
    const { pattern, keys } = patternOf(path);
    if (isSame(a, b) || DERIVED.some((derived) => derived.test(pattern))) continue;
    if (!hasAuthors && /^repeats|\/repeats$|^rating/.test(pattern)) continue;
    const part = path[0] as ReportPart;
    const rule = RULES[pattern];
    const isNewLine = (a === undefined || b === undefined) && !WHOLE.has(part);
    // What an older program did not count cannot have changed, and a new line's name is no change of its own.
    if (!(part in was) || (rule === undefined && isNewLine)) continue;
    if (rule === undefined || !isNumeric(a) || !isNumeric(b)) {
      others.add(part);
      continue;
    }
    const { measure, opens, figure } = rule;
    const missing = measure === 'count' ? 0 : null;
    const line = { part, figure: figure(keys), opens, measure, was: a ?? missing, now: b ?? missing };
    if (!isSame(line.was, line.now)) lines.push({ order: ORDER.get(pattern) ?? 0, line });
  }
  return {
    lines: lines.toSorted((x, y) => x.order - y.order).map(({ line }) => line),
    others: [...others],
  };
}

const isNumeric = (value: Leaf['value'] | undefined): value is number | null | undefined =>
  typeof value === 'number' || value === null || value === undefined;

import type { PeriodReport } from './period-report.ts';

/**
 * One value of a summary and the names that lead to it; a line of a table is named by what it is about, not
 * by its place.
 */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
}

/** By which of its keys a line of each table is known. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  groups: ['group'],
  topics: ['topic'],
  risers: ['group', 'topic'],
  fallers: ['group', 'topic'],
  clockBuckets: ['upToMinutes'],
  days: ['date'],
  municipalities: ['municipality'],
  networks: ['network'],
  kinds: ['kind'],
  types: ['type'],
  agencies: ['agency'],
  lines: ['agency'],
  parts: ['measure'],
  outcomes: ['outcome'],
  closingReasons: ['reason'],
  rejectReasons: ['reason'],
  grades: ['grade'],
  longest: ['id'],
  campaigns: ['id'],
  activities: ['id'],
  examples: ['id'],
};

/** Every value of a summary by its path, whatever the order of its tables. */
export const leavesOf = (report: PeriodReport): ReadonlyMap<string, Leaf> =>
  new Map(walk(report, []).map((leaf) => [JSON.stringify(leaf.path), leaf]));

function walk(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (Array.isArray(value))
    return value.flatMap((element: unknown, at) =>
      walk(element, [...path, lineName(element, path.at(-1) ?? '', at)]),
    );
  if (typeof value === 'object' && value !== null) {
    return Object.entries(settled(value, path)).flatMap(([key, part]) => walk(part, [...path, key]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [{ path, value }]
    : [{ path, value: null }];
}

function lineName(line: unknown, table: string, at: number): string {
  const keys = KEYS[table];
  if (keys === undefined || typeof line !== 'object' || line === null) return String(at);
  const named = line as Readonly<Record<string, unknown>>;
  return keys.map((key) => nameText(named[key])).join('\u203A');
}

/** The open end of a scale has no number; its figure is called `more`. */
const nameText = (name: unknown): string =>
  typeof name === 'string' || typeof name === 'number' ? String(name) : 'more';

/** How long somebody still waits grows by itself: that is no change of the summary. */
function settled(value: object, path: readonly string[]): object {
  if (path[0] !== 'longest' || !('isAnswered' in value) || value.isAnswered === true) return value;
  return { ...value, workingMinutes: null, wallMinutes: null };
}

import type { Goal } from '#tests/bench/goals.ts';
import type { Run } from './run-candidate.ts';
import { measured } from './table.ts';

/** A measure, and how much of raw IndexedDB's own it may be; or, absolute, how much of its unit. */
const LIMITS = [
  { name: 'load', title: 'bulk load', limit: 0.35, unit: '× raw' },
  { name: 'warm', title: 'warm open', limit: 1.25, unit: '× raw' },
  { name: 'queue', title: 'queue again', limit: 5, unit: 'ms' },
  { name: 'report', title: 'month', limit: 0.02, unit: '× raw' },
  { name: 'search', title: 'one-word search', limit: 0.01, unit: '× raw' },
  { name: 'updateStrict', title: 'strict durable update with journal', limit: 3, unit: '× raw' },
  { name: 'heapMb', title: 'memory of the store', limit: 60, unit: 'MB' },
] as const;

/** The size the goals are set for. */
const GOAL_SIZE = 100_000;

/**
 * How ours stands to its goals at the size they are set for; none at another size, or where ours or raw was
 * left out.
 */
export function storeGoals(size: number, results: ReadonlyMap<string, readonly Run[]>): readonly Goal[] {
  if (size !== GOAL_SIZE) return [];
  const [ours, raw] = [results.get('pult') ?? [], results.get('raw') ?? []];
  return LIMITS.flatMap(({ name, title, limit, unit }): Goal[] => {
    const [value, yardstick] = [measured(ours, name), measured(raw, name)];
    if (value === undefined || (unit === '× raw' && yardstick === undefined)) return [];
    const isRatio = unit === '× raw' && yardstick !== undefined;
    return [
      {
        where: `store, ${size.toLocaleString('en-US')} documents`,
        title,
        limit,
        unit,
        measured: isRatio ? value / yardstick : value,
        ...(isRatio ? { detail: `${round(value)} / ${round(yardstick)} ms` } : {}),
      },
    ];
  });
}

const round = (ms: number): string => ms.toLocaleString('en-US', { maximumFractionDigits: ms < 10 ? 1 : 0 });

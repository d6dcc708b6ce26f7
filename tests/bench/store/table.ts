import { median } from '#tests/bench/goals.ts';
import type { Run } from './run-candidate.ts';

/** Columns of the table: a measure, its heading, digits after the point. */
const COLUMNS = [
  ['load', 'bulk load', 0],
  ['warm', 'warm open', 0],
  ['warmAgain', 'after changes', 0],
  ['queue', 'queue again', 1],
  ['reportFirst', 'month, first', 1],
  ['report', 'month', 1],
  ['update', 'update + queue', 1],
  ['updateStrict', 'same, strict', 1],
  ['searchFirst', 'word, first', 1],
  ['search', 'word', 1],
  ['heapMb', 'memory, MB', 0],
] as const;

/** Median of one measure over the runs of a candidate that have it. */
export function measured(runs: readonly Run[], name: string): number | undefined {
  const values = runs.map((run) => run[name]).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : median(values);
}

const signed = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 0.1 ? 3 : 2 });

/** One Markdown table: medians in ms, in brackets the ratio to raw IndexedDB of the same run. */
export function tableOf(size: number, results: ReadonlyMap<string, readonly Run[]>): string {
  const raw = results.get('raw') ?? [];
  const lines = [...results].map(([candidate, runs]) => {
    const cells = COLUMNS.map(([name, , digits]) => {
      const value = measured(runs, name);
      const yardstick = measured(raw, name);
      if (value === undefined) return '–';
      const ratio = candidate === 'raw' || yardstick === undefined ? '' : ` (×${signed(value / yardstick)})`;
      return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })}${ratio}`;
    });
    return `| ${candidate} | ${cells.join(' | ')} |`;
  });
  const head =
    `| ${size.toLocaleString('en-US')} documents | ` +
    `${COLUMNS.map(([, heading]) => heading).join(' | ')} |`;
  return [head, `|${'---|'.repeat(COLUMNS.length + 1)}`, ...lines].join('\n');
}

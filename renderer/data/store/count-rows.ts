import { INCIDENT_TYPES, NETWORKS, OUTCOMES } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { assertNever } from '#shared/domain/must.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { dateOfDay, localTimeAt } from '#shared/domain/time-zone.ts';
import type { Dimension } from '#shared/report/facts/cut.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { IncidentCells } from './incident-codec.ts';
import type { Words } from './layout/words.ts';
import { rowsBetween } from './rows-between.ts';

export interface RowCount {
  readonly key: readonly string[];
  readonly count: number;
}

/** A dimension as small numbers, and what each number is called. */
interface Coded {
  readonly code: (cells: IncidentCells, index: number) => number;
  readonly name: (code: number) => string;
}

const HOUR = 3_600_000;

/** Days are looked up by hour: offsets of zones are whole hours or change nothing within one of ours. */
function localDays(zone: string): (at: Instant) => number {
  const known = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / (HOUR / 4));
    let day = known.get(hour);
    if (day === undefined) known.set(hour, (day = localTimeAt(zone, at).day));
    return day;
  };
}

function byDay(zone: string, name: (day: number) => string): Coded {
  const dayOf = localDays(zone);
  return { code: (cells, index) => dayOf(cells.createdAt[index] as number), name };
}

const byWord = (column: 'group' | 'topic' | 'municipality' | 'answerer', words: Words): Coded => ({
  code: (cells, index) => cells[column][index] as number,
  name: (code) => words.word(code),
});

const byList = (column: 'step' | 'network' | 'outcome' | 'type', list: readonly string[]): Coded => ({
  code: (cells, index) => cells[column][index] as number,
  name: (code) => list[code] ?? '',
});

function coded(dimension: Dimension, words: Words, zone: string): Coded {
  switch (dimension) {
    case 'step':
      return byList('step', STEP_NAMES);
    case 'network':
      return byList('network', NETWORKS);
    case 'outcome':
      return byList('outcome', ['', ...OUTCOMES]);
    case 'type':
      return byList('type', ['', ...INCIDENT_TYPES]);
    case 'group':
    case 'topic':
    case 'municipality':
      return byWord(dimension, words);
    // As summaries count agencies: who answered first, before that whose it is.
    case 'agency':
      return byWord('answerer', words);
    case 'day':
      return byDay(zone, dateOfDay);
    case 'month':
      return byDay(zone, (day) => dateOfDay(day).slice(0, 7));
    default:
      return assertNever(dimension);
  }
}

/** A combination of codes, and how to come from it to one with another code. */
interface Combined {
  readonly key: readonly number[];
  count: number;
  readonly next: Map<number, Combined>;
}

const combined = (key: readonly number[]): Combined => ({ key, count: 0, next: new Map() });

/**
 * Live incidents created in [from, to), by the given dimensions. Months are counted by day and summed by
 * name.
 */
export function countRows(
  store: IncidentStore,
  zone: string,
  from: Instant,
  to: Instant,
  by: readonly Dimension[],
): readonly RowCount[] {
  const dimensions = by.map((dimension) => coded(dimension, store.words, zone));
  const codes = dimensions.map(({ code }) => code);
  const found: Combined[] = [];
  const root = combined([]);
  rowsBetween(store, 'createdAt', { start: from, end: to }, ({ cells }, index) => {
    let at = root;
    for (const code of codes) {
      const value = code(cells, index);
      let next = at.next.get(value);
      if (next === undefined) at.next.set(value, (next = combined([...at.key, value])));
      at = next;
    }
    if (at.count === 0) found.push(at);
    at.count += 1;
  });
  return summedByName(
    found.map(({ key, count }) => ({
      key: key.map((code, place) => dimensions[place]?.name(code) ?? ''),
      count,
    })),
  );
}

function summedByName(counted: readonly RowCount[]): readonly RowCount[] {
  const sums = new Map<string, RowCount>();
  for (const { key, count } of counted) {
    const id = JSON.stringify(key);
    sums.set(id, { key, count: count + (sums.get(id)?.count ?? 0) });
  }
  return [...sums.values()];
}

import type { Instant } from '#shared/domain/instant.ts';
import { CLOSED_STEPS, DUE_STEPS, STEP_NAMES } from '#shared/domain/step.ts';
import {
  byPromise,
  NEAREST,
  nearestUpTo,
  type Control,
  type Owed,
  type OwedAsked,
} from '#shared/report/controls.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { IncidentCells, IncidentColumns } from './incident-codec.ts';
import type { Chunk } from './layout/columns.ts';
import { perChunk } from './layout/per-chunk.ts';
import { readUuid } from './layout/uuid-bytes.ts';
import type { Words } from './layout/words.ts';

type Rows = Chunk<IncidentColumns>;

const IS_CLOSED = STEP_NAMES.map((name) => CLOSED_STEPS.has(name));
const HAS_DEADLINE = STEP_NAMES.map((name) => DUE_STEPS.has(name));

const due = ({ step, dueAt }: IncidentCells, index: number): Instant =>
  HAS_DEADLINE[step[index] as number] === true ? (dueAt[index] as number) : Infinity;
const promised = ({ promiseAt }: IncidentCells, index: number): Instant => promiseAt[index] as number;

const some = (at: Instant): Instant | null => (at === Infinity ? null : at);

/** Open rows of a chunk with such a moment: few, once an archive is older than its centre's work. */
const openWith = (moment: (cells: IncidentCells, index: number) => Instant): ((chunk: Rows) => Uint16Array) =>
  perChunk(({ rows, at, cells }) => {
    const found: number[] = [];
    for (let index = 0; index < rows; index += 1)
      if (at.live[index] === 1 && IS_CLOSED[cells.step[index] as number] !== true)
        if (moment(cells, index) !== Infinity) found.push(index);
    return Uint16Array.from(found);
  });

const DUE = openWith(due);
const PROMISED = openWith(promised);
const OWING = openWith((cells, index) => Math.min(due(cells, index), promised(cells, index)));

/** Calls `visit` with those of the rows that were received before a moment. */
function visitBefore(
  { columns }: IncidentStore,
  rowsOf: (chunk: Rows) => Uint16Array,
  before: Instant,
  visit: (chunk: Rows, index: number) => void,
): void {
  for (const chunk of columns.chunks) {
    const { createdAt } = chunk.cells;
    for (const index of rowsOf(chunk)) if ((createdAt[index] as number) < before) visit(chunk, index);
  }
}

function controlAt({ ids, cells }: Rows, index: number, words: Words): Control {
  const word = (column: 'agency' | 'group' | 'topic' | 'municipality'): string =>
    words.word(cells[column][index] as number);
  return {
    id: readUuid(ids, index * 4),
    number: (cells.number[index] as number) || null,
    createdAt: cells.createdAt[index] as number,
    agency: word('agency'),
    group: word('group'),
    topic: word('topic'),
    municipality: word('municipality'),
    dueAt: some(due(cells, index)),
    promiseAt: some(promised(cells, index)),
  };
}

/** What open incidents received before `end` owe, from the columns; as `controlOfIncident` tells it. */
export function openControls(store: IncidentStore, end: Instant): readonly Control[] {
  const controls: Control[] = [];
  visitBefore(store, OWING, end, (chunk, index) => controls.push(controlAt(chunk, index, store.words)));
  return controls;
}

/** As `owedOf` tells it of those controls, without making them. */
export function owedInColumns(store: IncidentStore, asked: OwedAsked): Owed {
  const { before, asOf, until } = asked;
  const promises: Instant[] = [];
  visitBefore(store, PROMISED, before, ({ cells }, index) => {
    const at = promised(cells, index);
    if (at < until) promises.push(at);
  });
  const upTo = nearestUpTo(promises);
  const nearest: Control[] = [];
  visitBefore(store, PROMISED, before, (chunk, index) => {
    const at = promised(chunk.cells, index);
    if (at < until && at <= upTo) nearest.push(controlAt(chunk, index, store.words));
  });
  return {
    overdue: overdue(store, asked),
    promised: promises.length,
    promisedLate: promises.filter((at) => at < asOf).length,
    nearest: nearest.sort(byPromise).slice(0, NEAREST),
  };
}

/** Rows of a chunk with a deadline, and their sums by agency for whoever speaks of all of them. */
const DEADLINES = perChunk((chunk: Rows) => {
  const { createdAt, agency } = chunk.cells;
  const rows = DUE(chunk);
  const counts = new Map<number, number>();
  let [latest, lastDue] = [-Infinity, -Infinity];
  for (const index of rows) {
    latest = Math.max(latest, createdAt[index] as number);
    lastDue = Math.max(lastDue, due(chunk.cells, index));
    add(counts, agency[index] as number, 1);
  }
  return { rows, counts, latest, lastDue };
});

function add(counts: Map<number, number>, code: number, times: number): void {
  counts.set(code, (counts.get(code) ?? 0) + times);
}

/** Most of an archive is old enough to be past as a whole. */
function overdue(store: IncidentStore, { before, asOf }: OwedAsked): ReadonlyMap<string, number> {
  const sums = new Map<number, number>();
  for (const chunk of store.columns.chunks) {
    const { rows, counts, latest, lastDue } = DEADLINES(chunk);
    if (latest < before && lastDue < asOf) counts.forEach((times, code) => add(sums, code, times));
    else
      for (const index of rows)
        if ((chunk.cells.createdAt[index] as number) < before && due(chunk.cells, index) < asOf)
          add(sums, chunk.cells.agency[index] as number, 1);
  }
  return new Map(Array.from(sums, ([code, times]) => [store.words.word(code), times]));
}

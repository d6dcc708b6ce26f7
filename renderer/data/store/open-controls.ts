import type { Instant } from '#shared/domain/instant.ts';
import { CLOSED_STEPS, DUE_STEPS, STEP_NAMES } from '#shared/domain/step.ts';
import {
  byPromise,
  NEAREST,
  nearestUpTo,
  type Control,
  type Owed,
  type OwedMoments,
} from '#shared/report/facts/controls.ts';
import { countBy, countOf } from '#shared/report/facts/statistics.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { IncidentCells, RowColumns } from './incident-codec.ts';
import type { Chunk } from './layout/columns.ts';
import { perChunk } from './layout/per-chunk.ts';
import { readUuid } from './layout/uuid-bytes.ts';
import type { Words } from './layout/words.ts';

type Rows = Chunk<RowColumns>;

const IS_CLOSED = STEP_NAMES.map((name) => CLOSED_STEPS.has(name));
const HAS_DEADLINE = STEP_NAMES.map((name) => DUE_STEPS.has(name));

const due = ({ step, dueAt }: IncidentCells, index: number): Instant =>
  HAS_DEADLINE[step[index] as number] === true ? (dueAt[index] as number) : Infinity;
const promised = ({ promiseAt }: IncidentCells, index: number): Instant => promiseAt[index] as number;

const momentOrNull = (at: Instant): Instant | null => (at === Infinity ? null : at);

/**
 * Open rows of a chunk that wait for a moment: few, once an archive is older than its centre's work, so their
 * cells are gathered.
 */
interface Waiting {
  readonly rows: Uint16Array;
  readonly createdAt: Float64Array;
  readonly at: Float64Array;
  /** Bounds of both. */
  readonly first: Instant;
  readonly last: Instant;
  readonly lastAt: Instant;
  /** How many each agency has, by the code of its name. */
  readonly agencies: ReadonlyMap<number, number>;
}

const waitingFor = (moment: (cells: IncidentCells, index: number) => Instant): ((chunk: Rows) => Waiting) =>
  perChunk(({ rows: count, at: { live }, cells }) => {
    const rows: number[] = [];
    for (let index = 0; index < count; index += 1)
      if (live[index] === 1 && IS_CLOSED[cells.step[index] as number] !== true)
        if (moment(cells, index) !== Infinity) rows.push(index);
    const createdAt = Float64Array.from(rows, (index) => cells.createdAt[index] as number);
    const at = Float64Array.from(rows, (index) => moment(cells, index));
    return {
      rows: Uint16Array.from(rows),
      createdAt,
      at,
      first: createdAt.reduce((a, b) => Math.min(a, b), Infinity),
      last: createdAt.reduce((a, b) => Math.max(a, b), -Infinity),
      lastAt: at.reduce((a, b) => Math.max(a, b), -Infinity),
      agencies: countBy(rows, (index) => cells.agency[index] as number),
    };
  });

const DUE = waitingFor(due);
const PROMISED = waitingFor(promised);
const OWING = waitingFor((cells, index) => Math.min(due(cells, index), promised(cells, index)));

/** Calls `visit` with the moments of those rows that were received before `before`. */
function visitChunk(
  { rows, createdAt, at, first }: Waiting,
  before: Instant,
  visit: (at: Instant, index: number) => void,
): void {
  if (first >= before) return;
  for (let place = 0; place < rows.length; place += 1)
    if ((createdAt[place] as number) < before) visit(at[place] as number, rows[place] as number);
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
    dueAt: momentOrNull(due(cells, index)),
    promiseAt: momentOrNull(promised(cells, index)),
  };
}

/**
 * Reads off the columns the dates that open incidents received before `end` must keep, as
 * `controlOfIncident`.
 */
export function openControls({ columns, words }: IncidentStore, end: Instant): readonly Control[] {
  const controls: Control[] = [];
  for (const chunk of columns.chunks)
    visitChunk(OWING(chunk), end, (_, index) => controls.push(controlAt(chunk, index, words)));
  return controls;
}

/** Counts what those controls owe, without making them. */
export function owedInColumns(store: IncidentStore, question: OwedMoments): Owed {
  const { before, asOf, until } = question;
  const promises: Instant[] = [];
  for (const chunk of store.columns.chunks)
    visitChunk(PROMISED(chunk), before, (at) => at < until && promises.push(at));
  return {
    overdue: overdue(store, question),
    promised: promises.length,
    promisedLate: countOf(promises, (at) => at < asOf),
    nearest: nearest(store, question, nearestUpTo(promises)),
  };
}

function nearest(
  { columns, words }: IncidentStore,
  { before, until }: OwedMoments,
  upTo: Instant,
): readonly Control[] {
  const found: Control[] = [];
  for (const chunk of columns.chunks)
    visitChunk(PROMISED(chunk), before, (at, index) => {
      if (at < until && at <= upTo) found.push(controlAt(chunk, index, words));
    });
  return found.sort(byPromise).slice(0, NEAREST);
}

/** Most chunks of an archive are old enough to be past as a whole. */
function overdue(
  { columns, words }: IncidentStore,
  { before, asOf }: OwedMoments,
): ReadonlyMap<string, number> {
  const sums = new Map<number, number>();
  const add = (times: number, code: number): void => void sums.set(code, (sums.get(code) ?? 0) + times);
  for (const chunk of columns.chunks) {
    const waiting = DUE(chunk);
    if (waiting.last < before && waiting.lastAt < asOf) waiting.agencies.forEach(add);
    else
      visitChunk(waiting, before, (at, index) => {
        if (at < asOf) add(1, chunk.cells.agency[index] as number);
      });
  }
  return new Map(Array.from(sums, ([code, times]) => [words.word(code), times]));
}

import type { Instant } from '#shared/domain/instant.ts';
import { CLOSED_STEPS, DUE_STEPS, STEP_NAMES } from '#shared/domain/step.ts';
import type { Control } from '#shared/report/ahead.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { IncidentCells } from './incident-codec.ts';

const IS_CLOSED = STEP_NAMES.map((name) => CLOSED_STEPS.has(name));
const HAS_DEADLINE = STEP_NAMES.map((name) => DUE_STEPS.has(name));

/** A row's control read off its cells when it is asked for: of thousands a summary counts, it names eight. */
class CellControl implements Control {
  readonly #store: IncidentStore;
  readonly #row: number;
  readonly #cells: IncidentCells;
  readonly #at: number;
  readonly dueAt: Instant | null;
  readonly promiseAt: Instant | null;

  constructor(store: IncidentStore, row: number, cells: IncidentCells, at: number, due: number) {
    this.#store = store;
    this.#row = row;
    this.#cells = cells;
    this.#at = at;
    const promise = cells.promiseAt[at] as number;
    this.dueAt = due === Infinity ? null : due;
    this.promiseAt = promise === Infinity ? null : promise;
  }

  get id(): string {
    return this.#store.columns.idOf(this.#row);
  }

  get number(): number | null {
    return (this.#cells.number[this.#at] as number) || null;
  }

  get createdAt(): Instant {
    return this.#cells.createdAt[this.#at] as number;
  }

  get agency(): string {
    return this.#word(this.#cells.agency);
  }

  get group(): string {
    return this.#word(this.#cells.group);
  }

  get topic(): string {
    return this.#word(this.#cells.topic);
  }

  get municipality(): string {
    return this.#word(this.#cells.municipality);
  }

  #word(cell: ArrayLike<number>): string {
    return this.#store.words.word(cell[this.#at] as number);
  }
}

/** What open incidents received before `end` owe, from the columns; as `controlOfIncident` tells it. Not to be kept over a change. */
export function openControls(store: IncidentStore, end: Instant): readonly Control[] {
  const controls: Control[] = [];
  for (const { first, rows, at, cells } of store.columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      const step = cells.step[index] as number;
      if (at.live[index] !== 1 || IS_CLOSED[step] === true) continue;
      if ((cells.createdAt[index] as number) >= end) continue;
      const due = HAS_DEADLINE[step] === true ? (cells.dueAt[index] as number) : Infinity;
      if (due === Infinity && cells.promiseAt[index] === Infinity) continue;
      controls.push(new CellControl(store, first + index, cells, index, due));
    }
  }
  return controls;
}

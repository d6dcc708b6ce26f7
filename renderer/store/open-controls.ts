import { CLOSED_STEPS, DUE_STEPS, STEP_NAMES } from '#shared/domain/step.ts';
import type { Control } from '#shared/report/ahead.ts';
import type { IncidentStore } from './dexie-sync-store.ts';

const IS_CLOSED = STEP_NAMES.map((name) => CLOSED_STEPS.has(name));
const HAS_DEADLINE = STEP_NAMES.map((name) => DUE_STEPS.has(name));

/** What open incidents owe, from the columns; as `controlOfIncident` tells it. */
export function openControls({ columns, words }: IncidentStore): readonly Control[] {
  const controls: Control[] = [];
  for (const { first, rows, at, cells } of columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      const step = cells.step[index] as number;
      if (at.live[index] !== 1 || IS_CLOSED[step] === true) continue;
      const due = HAS_DEADLINE[step] === true ? (cells.dueAt[index] as number) : Infinity;
      const promise = cells.promiseAt[index] as number;
      if (due === Infinity && promise === Infinity) continue;
      const word = (cell: ArrayLike<number>): string => words.word(cell[index] as number);
      const number = cells.number[index] as number;
      controls.push({
        id: columns.idOf(first + index),
        number: number === 0 ? null : number,
        createdAt: cells.createdAt[index] as number,
        agency: word(cells.agency),
        group: word(cells.group),
        topic: word(cells.topic),
        municipality: word(cells.municipality),
        dueAt: due === Infinity ? null : due,
        promiseAt: promise === Infinity ? null : promise,
      });
    }
  }
  return controls;
}

import { STEP_NAMES } from '#shared/domain/step.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { TopRows } from './top-rows.ts';

/** As many replies as a person may remember having read. */
const MOST = 50;

const ANSWERED = ['publishing', 'satisfaction', 'done'] as const;

/** See `lastReplies` of the store. */
export async function lastReplies(incidents: IncidentStore, besides: string): Promise<readonly string[]> {
  const steps = ANSWERED.map((step) => STEP_NAMES.indexOf(step));
  const own = incidents.rowOf(besides);
  const top = new TopRows(MOST, (a, b) => b - a);
  for (const { first, rows, at, cells } of incidents.columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      const isAnswered = at.live[index] === 1 && steps.includes(cells.step[index] as number);
      if (isAnswered && first + index !== own) top.offer(first + index, -(cells.stepSince[index] as number));
    }
  }
  const documents = await incidents.read(top.take());
  return [...documents.values()].flatMap(
    ({ replies }) => replies.findLast(({ approvedAt }) => approvedAt !== null)?.text ?? [],
  );
}

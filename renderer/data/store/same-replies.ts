import type { Incident } from '#shared/domain/incident.ts';
import { othersWithSameReply } from '#shared/domain/same-reply.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import type { IncidentStore } from './dexie-sync-store.ts';

/** As many replies as ever wait at once; their texts are read to be told apart. */
const MOST_READ = 200;

/** See `sameReplies` of the store. Where more wait than are read, those of the newest incidents are. */
export async function sameReplies(incidents: IncidentStore, id: string): Promise<readonly Incident[]> {
  const row = incidents.rowOf(id);
  if (row === -1) return [];
  const approval = STEP_NAMES.indexOf('approval');
  const waiting: number[] = [];
  for (const { first, rows, at, cells } of incidents.columns.chunks) {
    for (let index = 0; index < rows; index += 1)
      if (at.live[index] === 1 && cells.step[index] === approval) waiting.push(first + index);
  }
  const documents = await incidents.read([row, ...waiting.slice(-MOST_READ)]);
  const incident = documents.get(row);
  return incident === undefined ? [] : othersWithSameReply(incident, [...documents.values()]);
}

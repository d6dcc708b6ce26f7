import type { Incident } from '#shared/domain/incident.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import type { OwnWordsReply } from '#shared/domain/templates/proposals.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { TopRows } from './top-rows.ts';

/** As many replies as a person may remember having read. */
const MOST = 50;
/** As many as a habit shows in. */
const MOST_OF_HABIT = 300;

const ANSWERED = ['publishing', 'satisfaction', 'done'] as const;

/** The incidents answered last, without that of `besides`. */
async function lastAnswered(
  incidents: IncidentStore,
  most: number,
  besides: string | null,
): Promise<readonly Incident[]> {
  const steps = ANSWERED.map((step) => STEP_NAMES.indexOf(step));
  const own = besides === null ? -1 : incidents.rowOf(besides);
  const top = new TopRows(most, (a, b) => b - a);
  for (const { first, rows, at, cells } of incidents.columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      const isAnswered = at.live[index] === 1 && steps.includes(cells.step[index] as number);
      if (isAnswered && first + index !== own) top.offer(first + index, -(cells.stepSince[index] as number));
    }
  }
  const documents = await incidents.read(top.take());
  return [...documents.values()];
}

const lastApproved = ({ replies }: Incident) => replies.findLast(({ approvedAt }) => approvedAt !== null);

/** See `lastReplies` of the store. */
export async function lastReplies(incidents: IncidentStore, besides: string): Promise<readonly string[]> {
  const answered = await lastAnswered(incidents, MOST, besides);
  return answered.flatMap((incident) => lastApproved(incident)?.text ?? []);
}

/** See `ownWordsReplies` of the store. */
export async function ownWordsReplies(incidents: IncidentStore): Promise<readonly OwnWordsReply[]> {
  const answered = await lastAnswered(incidents, MOST_OF_HABIT, null);
  return answered.flatMap((incident) => {
    const reply = lastApproved(incident);
    return reply === undefined || reply.template !== undefined
      ? []
      : [{ incident: incident.id, text: reply.text }];
  });
}

import { tryImportance, type ImportanceTrial, type TriedRule } from '#shared/domain/importance-trial.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { rowsBetween } from './rows-between.ts';

/** Messages named on the screen; the others are counted. */
const NAMED = 50;

/** Tries a rule of importance on the messages of this copy that were created in [from, to). */
export async function importanceTrial(
  incidents: IncidentStore,
  tried: TriedRule,
  from: Instant,
  to: Instant,
): Promise<ImportanceTrial> {
  await incidents.ready;
  const rows: number[] = [];
  rowsBetween(incidents, 'createdAt', { start: from, end: to }, ({ first }, index) =>
    rows.push(first + index),
  );
  const read = await incidents.read(rows);
  return tryImportance([...read.values()], tried, NAMED);
}

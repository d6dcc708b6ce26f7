import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_REGION } from '#server/accounts/audit.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { regionIds } from '#server/store/region-ids.ts';
import type { InstallationJob } from './job.ts';

/** Small enough that nobody waits for it. */
const BATCH = 500;
const BETWEEN_MS = 200;

/** Removes one batch of a region's lines that are too old; gives how many there were. */
async function removeBatch(db: Database, region: string): Promise<number> {
  const { rows } = await withScope(db, { region }, (tx) =>
    sql<{ removed: number }>`select remove_old_audit(${BATCH}) as removed`.execute(tx),
  );
  return rows[0]?.removed ?? 0;
}

/**
 * Removes lines of the audit log that are older than five years, batch by batch. How old that is says the
 * database (migration 038): the API's role cannot remove a younger one.
 */
export const removeOldAudit: InstallationJob = {
  name: 'remove-old-audit',
  cron: '37 3 * * *',
  each: 'installation',
  run: async ({ db }, signal) => {
    for (const region of [...(await regionIds(db)), NO_REGION]) {
      for (let removed = BATCH; removed === BATCH;) {
        signal.throwIfAborted();
        removed = await removeBatch(db, region);
        if (removed === BATCH) await sleep(BETWEEN_MS);
      }
    }
  },
};

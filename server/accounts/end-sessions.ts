import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { actLine, type AccountAct } from './account-refusal.ts';
import { writeAudit } from './audit.ts';
import { endSessionsOf } from './session-store.ts';

/**
 * Ends all sessions of a person but the one that has this token. What is unsent stays at the workstations and
 * goes with the next login. Gives how many ended; null when there is no such account.
 */
export async function endAllSessions(
  db: Database,
  act: AccountAct,
  except: string | null,
  now: Instant,
): Promise<number | null> {
  const { region, account } = act;
  return withScope(db, { region, account }, async (tx) => {
    const found = await tx
      .selectFrom('account')
      .select('id')
      .where('region_id', '=', region)
      .where('id', '=', account)
      .executeTakeFirst();
    if (found === undefined) return null;
    const endedSessions = await endSessionsOf(tx, account, except);
    const detail = { account, endedSessions };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'sessions_ended', detail });
    return endedSessions;
  });
}

import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type Scope } from '#server/store/database.ts';
import { actLine, type AccountAct } from './account-refusal.ts';
import { writeAudit, type AuditOrigin } from './audit.ts';
import { endSessionsOf } from './session-store.ts';
import { hashToken } from './session-token.ts';

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

/** A person who ends sessions of their own. */
export interface OwnEnding extends Scope, AuditOrigin {
  readonly account: string;
  /** Of the session that goes on. */
  readonly token: string;
  /** The session to end; null: all the others. */
  readonly id: string | null;
}

/** Ends one of a person's own other sessions, or all of them. Gives how many ended. */
export async function endOwnSessions(db: Database, own: OwnEnding, now: Instant): Promise<number> {
  const { region, account, agency = null, token, id } = own;
  return withScope(db, { region, account, agency }, async (tx) => {
    const others = tx
      .deleteFrom('session')
      .where('region_id', '=', region)
      .where('account_id', '=', account)
      .where('token_hash', '!=', hashToken(token));
    const chosen = id === null ? others : others.where('id', '=', id);
    const endedSessions = Number((await chosen.executeTakeFirst()).numDeletedRows);
    const detail = { account, endedSessions };
    const line = actLine({ ...own, by: account }, now);
    await writeAudit(tx, region, { ...line, action: 'sessions_ended', detail });
    return endedSessions;
  });
}

import { sql } from 'kysely';
import { z } from 'zod';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { ROLES } from '#shared/domain/actor.ts';
import { PASSWORD_JUDGES } from '#shared/protocol/sign-in.ts';
import type { Session } from '#shared/protocol/session.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { hashToken, newToken } from './session-token.ts';

/** A session lives this long after it was last used: an operator back from a month's leave logs in again. */
const LIFETIME_MS = 30 * MS_PER_DAY;
/** However it is used, a session ends so long after it began: what was stolen is not of use for ever. */
const LONGEST_MS = 90 * MS_PER_DAY;
const TOUCH_MS = 10 * 60_000;
/** An expired session is kept this long, so that it can be told from a made-up one. */
const KEPT_MS = 90 * MS_PER_DAY;

const sessionRow = z.object({
  region_id: z.string(),
  region_name: z.string(),
  time_zone: z.string(),
  account_id: z.string(),
  login: z.string(),
  display_name: z.string(),
  role: z.enum(ROLES),
  agency: z.string().nullable(),
  disabled: z.boolean(),
  password_is_temporary: z.boolean(),
  judged_by: z.enum(PASSWORD_JUDGES),
  needs_factor: z.boolean(),
  expires_at: z.int(),
  seen_at: z.int(),
});

export type SessionLookup =
  | { readonly kind: 'found'; readonly session: Session }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' }
  /** The account is closed: the session hands over what its outbox holds, and is good for nothing else. */
  | { readonly kind: 'disabled'; readonly session: Session };

/** Where a session is used: the browser or shell by its own words, and the address. */
export interface SessionPlace {
  readonly userAgent: string;
  readonly address: string;
  /** Where the provider that let the person in ends its own session, sealed. */
  readonly endUrl?: string | null;
  /** The person has yet to set up a second factor, and until then it opens nothing else. */
  readonly needsFactor?: boolean;
}

/** Makes a session for an account who was let in. Gives the token: the only time it is seen. */
export async function createSession(
  db: Database,
  region: string,
  accountId: string,
  { userAgent, address, endUrl = null, needsFactor = false }: SessionPlace,
  now: Instant,
): Promise<string> {
  const token = newToken();
  await withScope(db, { region, account: accountId }, async (tx) => {
    await tx
      .deleteFrom('session')
      .where('account_id', '=', accountId)
      .where('expires_at', '<', now - KEPT_MS)
      .execute();
    await tx
      .insertInto('session')
      .values({
        token_hash: hashToken(token),
        region_id: region,
        account_id: accountId,
        created_at: now,
        expires_at: now + LIFETIME_MS,
        seen_at: now,
        user_agent: userAgent.slice(0, 300),
        address,
        end_url: endUrl,
        needs_factor: needsFactor,
      })
      .execute();
  });
  return token;
}

/** Prolongs a session that is used, but never beyond its longest life. Gives when it ends. */
async function touch(
  db: Database,
  region: string,
  tokenHash: Buffer,
  address: string | null,
  now: Instant,
): Promise<Instant | undefined> {
  const row = await withScope(db, { region }, (tx) =>
    tx
      .updateTable('session')
      .set({
        seen_at: now,
        ...(address === null ? {} : { address }),
        expires_at: sql<number>`least(${now + LIFETIME_MS}::bigint, created_at + ${LONGEST_MS}::bigint)`,
      })
      .where('token_hash', '=', tokenHash)
      .returning('expires_at')
      .executeTakeFirst(),
  );
  return row?.expires_at;
}

/**
 * Finds whose token it is, and prolongs the session now and then. `address`: where it is used from; null
 * where nobody is at hand to say.
 */
export async function findSession(
  db: Database,
  token: string,
  now: Instant,
  address: string | null = null,
): Promise<SessionLookup> {
  const tokenHash = hashToken(token);
  const { rows } = await sql`select * from session_for_token(${tokenHash})`.execute(db);
  if (rows[0] === undefined) return { kind: 'unknown' };
  const row = sessionRow.parse(rows[0]);
  if (row.expires_at <= now) return { kind: 'expired' };
  const isDue = now - row.seen_at > TOUCH_MS && !row.disabled;
  const prolonged = isDue ? await touch(db, row.region_id, tokenHash, address, now) : undefined;
  const session: Session = {
    account: {
      id: row.account_id,
      login: row.login,
      displayName: row.display_name,
      role: row.role,
      agency: row.agency,
    },
    region: { code: row.region_id, name: row.region_name, timeZone: row.time_zone },
    expiresAt: prolonged ?? row.expires_at,
    ...(row.password_is_temporary ? { mustSetPassword: true as const } : {}),
    ...(row.needs_factor ? { mustSetFactor: true as const } : {}),
    ...(row.judged_by === 'here' ? {} : { judgedBy: row.judged_by }),
  };
  return { kind: row.disabled ? 'disabled' : 'found', session };
}

/** Ends a session. */
export async function endSession(db: Database, region: string, token: string): Promise<void> {
  await withScope(db, { region }, (tx) =>
    tx.deleteFrom('session').where('token_hash', '=', hashToken(token)).execute(),
  );
}

/** Ends all sessions of an account, but for the one that is named. Gives how many ended. */
export async function endSessionsOf(
  tx: ScopedTransaction,
  account: string,
  except: string | null,
): Promise<number> {
  const all = tx.deleteFrom('session').where('account_id', '=', account);
  const others = except === null ? all : all.where('token_hash', '!=', hashToken(except));
  const { numDeletedRows } = await others.executeTakeFirst();
  return Number(numDeletedRows);
}

import type { Instant } from '#shared/domain/instant.ts';
import type { PersonSession } from '#shared/protocol/accounts.ts';
import { withScope, type Database, type Scope } from '#server/store/database.ts';
import { describeDevice } from './describe-device.ts';
import { hashToken } from './session-token.ts';

/** Sessions that are listed at most, the last used first. */
const LISTED = 100;

/** The sessions of a person that have not run out. `token`: of the session that asks. */
export async function listSessions(
  db: Database,
  scope: Scope & { readonly account: string },
  token: string,
  now: Instant,
): Promise<PersonSession[]> {
  const rows = await withScope(db, scope, (tx) =>
    tx
      .selectFrom('session')
      .select(['id', 'user_agent', 'address', 'created_at', 'seen_at', 'token_hash'])
      .where('region_id', '=', scope.region)
      .where('account_id', '=', scope.account)
      .where('expires_at', '>', now)
      .orderBy('seen_at', 'desc')
      .limit(LISTED)
      .execute(),
  );
  const own = hashToken(token);
  return rows.map(({ id, user_agent, address, created_at, seen_at, token_hash }) => ({
    id,
    device: describeDevice(user_agent),
    address,
    createdAt: created_at,
    seenAt: seen_at,
    isThis: token_hash.equals(own),
  }));
}

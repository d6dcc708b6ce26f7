import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { hashToken, newToken } from './session-token.ts';

/** A device is forgotten when nobody has come in at it for so long. */
export const DEVICE_LIFETIME_MS = 180 * MS_PER_DAY;
/** Devices of one person; the longest unused gives way. */
const DEVICES = 20;

/** An account, by whom a device may be known. */
export interface DeviceOwner {
  readonly region: string;
  readonly account: string;
}

/** Gives the hash of a device's token when this person has come in with it, null otherwise. */
export async function findDevice(
  db: Database,
  owner: DeviceOwner,
  token: string | null,
  now: Instant,
): Promise<Buffer | null> {
  if (token === null) return null;
  const hash = hashToken(token);
  const known = await withScope(db, owner, (tx) =>
    tx
      .selectFrom('device')
      .select('seen_at')
      .where('token_hash', '=', hash)
      .where('account_id', '=', owner.account)
      .where('seen_at', '>', now - DEVICE_LIFETIME_MS)
      .executeTakeFirst(),
  );
  return known === undefined ? null : hash;
}

/**
 * Notes that this person has come in at a device. Gives its token, a new one where there was none: one
 * device has one, whoever works at it.
 */
export async function rememberDevice(
  db: Database,
  owner: DeviceOwner,
  known: string | null,
  now: Instant,
): Promise<string> {
  const token = known ?? newToken();
  await withScope(db, owner, async (tx) => {
    await tx
      .insertInto('device')
      .values({
        region_id: owner.region,
        account_id: owner.account,
        token_hash: hashToken(token),
        seen_at: now,
      })
      .onConflict((oc) => oc.columns(['region_id', 'account_id', 'token_hash']).doUpdateSet({ seen_at: now }))
      .execute();
    const others = tx
      .selectFrom('device')
      .select('token_hash')
      .where('account_id', '=', owner.account)
      .orderBy('seen_at', 'desc')
      .offset(DEVICES);
    await tx
      .deleteFrom('device')
      .where('account_id', '=', owner.account)
      .where('token_hash', 'in', others)
      .execute();
  });
  return token;
}

/** Forgets where a person has come in. The transaction's scope is this account's. */
export async function forgetDevices(tx: ScopedTransaction, account: string): Promise<void> {
  await tx.deleteFrom('device').where('account_id', '=', account).execute();
}

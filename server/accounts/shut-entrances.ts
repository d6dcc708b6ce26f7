import type { Instant } from '#shared/domain/instant.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { AccountAct } from './account-refusal.ts';
import { forgetDevices } from './device-store.ts';
import { endSessionsOf } from './session-store.ts';

/**
 * Puts another password in the place of a person's, good for choosing one's own alone, and shuts every way in
 * there was: sessions, known devices, links not used yet, sign-in by others. Gives how many sessions it
 * ended; null when the region has no such account. The transaction's scope is this account's.
 */
export async function shutEntrances(
  tx: ScopedTransaction,
  { region, account }: Pick<AccountAct, 'region' | 'account'>,
  password_hash: string,
  now: Instant,
): Promise<number | null> {
  const changed = await tx
    .updateTable('account')
    .set({ password_hash, password_is_temporary: true, judged_by: 'here' })
    .where('region_id', '=', region)
    .where('id', '=', account)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return null;
  await tx.deleteFrom('sign_in_identity').where('account_id', '=', account).execute();
  return endEntrances(tx, account, now);
}

/**
 * Ends what an account was opened with so far: sessions, codes for one, known devices, links not used yet.
 * Gives how many sessions ended. The transaction's scope is this account's.
 */
export async function endEntrances(tx: ScopedTransaction, account: string, now: Instant): Promise<number> {
  await forgetDevices(tx, account);
  await closeInvitations(tx, account, now);
  await tx.deleteFrom('sign_in_handover').where('account_id', '=', account).execute();
  return endSessionsOf(tx, account, null);
}

/** Ends the links of an account that nobody has used yet. */
export async function closeInvitations(tx: ScopedTransaction, account: string, now: Instant): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ replaced_at: now })
    .where('account_id', '=', account)
    .where('used_at', 'is', null)
    .where('replaced_at', 'is', null)
    .execute();
}

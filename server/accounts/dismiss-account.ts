import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import {
  actLine,
  isLastAdministrator,
  loadOf,
  refuse,
  type AccountAct,
  type AccountRefusal,
} from './account-refusal.ts';
import { writeAudit } from './audit.ts';
import { forgetDevices } from './device-store.ts';
import { publishAccount } from './publish-account.ts';

/** The decision whether an account is dismissed or readmitted: by whom, and of whom. */
export interface Dismissal extends AccountAct {
  readonly isDismissed: boolean;
}

export type Dismissed = { readonly kind: 'done' } | { readonly kind: 'unknown' } | AccountRefusal;

/**
 * Dismisses an account, or readmits it. From this very moment no session of a dismissed person reads
 * anything, no device is known any more, and what the outbox still holds is kept at the centre without being
 * carried out. The last administrator of a region stays: nobody there could let anybody in again; and nobody
 * dismisses themselves.
 */
export async function dismissAccount(db: Database, dismissal: Dismissal, now: Instant): Promise<Dismissed> {
  const { region, account: id, isDismissed, by } = dismissal;
  return withScope(db, { region, account: id }, async (tx) => {
    if (isDismissed && (await isLastAdministrator(tx, region, id))) return refuse('last_administrator');
    if (isDismissed && by === id) return refuse('oneself');
    return (await storeDismissal(tx, dismissal, now)) ? { kind: 'done' } : { kind: 'unknown' };
  });
}

/** Stores a dismissal or a readmission that nothing is against. False when there is no such account. */
export async function storeDismissal(
  tx: ScopedTransaction,
  dismissal: Dismissal,
  now: Instant,
): Promise<boolean> {
  const { region, account: id, isDismissed } = dismissal;
  const changed = await tx
    .updateTable('account')
    .set({ disabled: isDismissed })
    .where('region_id', '=', region)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return false;
  if (isDismissed) await forgetDevices(tx, id);
  const action = isDismissed ? 'account_dismissed' : 'account_readmitted';
  const detail = { account: id, ...loadOf(dismissal) };
  await writeAudit(tx, region, { ...actLine(dismissal, now), action, detail });
  await publishAccount(tx, region, id);
  return true;
}

import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import {
  actLine,
  isLastAdministrator,
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
    const changed = await tx
      .updateTable('account')
      .set({ disabled: isDismissed })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (changed === undefined) return { kind: 'unknown' };
    if (isDismissed) await forgetDevices(tx, id);
    const action = isDismissed ? 'account_dismissed' : 'account_readmitted';
    await writeAudit(tx, region, { ...actLine(dismissal, now), action, detail: { account: id } });
    await publishAccount(tx, region, id);
    return { kind: 'done' };
  });
}

import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { writeAudit } from './audit.ts';
import { forgetDevices } from './device-store.ts';
import { publishAccount } from './publish-account.ts';

/** The decision whether an account is dismissed or readmitted: by whom, and of whom. */
export interface Dismissal {
  readonly region: string;
  readonly account: string;
  readonly isDismissed: boolean;
  /** Who decided, for the audit log. */
  readonly by: string;
  readonly address: string;
}

export type Dismissed = 'done' | 'unknown' | 'last_administrator';

/**
 * Tells whether nobody else of the region could let this account in again. Holds the administrators' rows.
 */
async function isLastAdministrator(tx: ScopedTransaction, region: string, id: string): Promise<boolean> {
  const administrators = await tx
    .selectFrom('account')
    .select('id')
    .where('region_id', '=', region)
    .where('role', '=', 'administrator')
    .where('disabled', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute();
  return administrators.length === 1 && administrators[0]?.id === id;
}

/**
 * Dismisses an account, or readmits it. From this very moment no session of a dismissed person reads
 * anything, no device is known any more, and what the outbox still holds is kept at the centre without being
 * carried out. The last administrator of a region stays: nobody there could let anybody in again.
 */
export async function dismissAccount(db: Database, dismissal: Dismissal, now: Instant): Promise<Dismissed> {
  const { region, account: id, isDismissed, by, address } = dismissal;
  return withScope(db, { region, account: id }, async (tx) => {
    if (isDismissed && (await isLastAdministrator(tx, region, id))) return 'last_administrator';
    const changed = await tx
      .updateTable('account')
      .set({ disabled: isDismissed })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (changed === undefined) return 'unknown';
    if (isDismissed) await forgetDevices(tx, id);
    await writeAudit(tx, region, {
      at: now,
      actor: by,
      action: isDismissed ? 'account_dismissed' : 'account_readmitted',
      address,
      detail: { account: id },
    });
    await publishAccount(tx, region, id);
    return 'done';
  });
}

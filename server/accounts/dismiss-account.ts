import type { Instant } from '#shared/domain/instant.ts';
import { accountRowSchema, type AccountRow } from '#shared/protocol/session.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { writeAudit } from './audit.ts';

/** The decision whether an account is dismissed or readmitted: by whom, and of whom. */
export interface Dismissal {
  readonly region: string;
  readonly account: string;
  readonly isDismissed: boolean;
  /** Who decided, for the audit log. */
  readonly by: string;
  readonly address: string;
}

/** Tells every console of the region who is no more among its people. */
async function publish(tx: ScopedTransaction, region: string, row: AccountRow): Promise<void> {
  await upsertReference(tx, region, [{ kind: 'account', id: row.id, row }]);
}

/**
 * Dismisses an account, or readmits it. From this very moment no session of a dismissed person reads
 * anything, and what the outbox still holds is kept at the centre without being carried out. Gives false when
 * there is no such account.
 */
export async function dismissAccount(db: Database, dismissal: Dismissal, now: Instant): Promise<boolean> {
  const { region, account: id, isDismissed, by, address } = dismissal;
  return withScope(db, { region }, async (tx) => {
    const changed = await tx
      .updateTable('account')
      .set({ disabled: isDismissed })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .returning(['id', 'display_name', 'role', 'agency'])
      .executeTakeFirst();
    if (changed === undefined) return false;
    const { display_name: displayName, role, agency } = changed;
    await writeAudit(tx, region, {
      at: now,
      actor: by,
      action: isDismissed ? 'account_dismissed' : 'account_readmitted',
      address,
      detail: { account: id },
    });
    const row = { id, displayName, role, agency, ...(isDismissed ? { dismissed: true } : {}) };
    await publish(tx, region, accountRowSchema.parse(row));
    return true;
  });
}

/** Forgets where a person has come in. */
export const forgetDevices = (db: Database, region: string, account: string): Promise<unknown> =>
  withScope(db, { region, account }, (tx) =>
    tx.deleteFrom('device').where('account_id', '=', account).execute(),
  );

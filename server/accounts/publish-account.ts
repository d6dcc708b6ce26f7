import { accountRowSchema, type AccountRow } from '#shared/protocol/session.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';

/** Tells every console of the region who is among its people, by name and role. */
export async function publishAccount(tx: ScopedTransaction, region: string, row: AccountRow): Promise<void> {
  await upsertReference(tx, region, [{ kind: 'account', id: row.id, row: accountRowSchema.parse(row) }]);
}

import type { Selectable } from 'kysely';
import type { ReplySendTable } from '#server/store/channel-tables.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** A published reply on its way to one author: a row of `reply_send`. */
export type ReplyDelivery = Selectable<ReplySendTable>;

/** The problem of a reply whose page an administrator has switched off. */
export const PAGE_SWITCHED_OFF = 'pult:page_off';

/** Writes fields of a delivery down. */
export async function markDelivery(
  tx: ScopedTransaction,
  region: string,
  id: string,
  fields: Partial<ReplyDelivery>,
): Promise<void> {
  const { target: _target, ...plain } = fields;
  await tx
    .updateTable('reply_send')
    .set(plain)
    .where('region_id', '=', region)
    .where('id', '=', id)
    .execute();
}

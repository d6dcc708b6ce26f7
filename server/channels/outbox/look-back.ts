import { withScope } from '#server/store/database.ts';
import type { Outbox } from './outbox.ts';
import type { ReplyTarget } from '#server/channels/networks/connector.ts';
import { finishDelivery } from './finish-delivery.ts';

/** A network may show a message some seconds after it has taken it. */
const SETTLE_MS = 10_000;

/** The next reply of which nobody knows whether it was sent, and which the network was not asked about. */
async function leaseUnclearDelivery(outbox: Outbox, region: string) {
  const now = outbox.now();
  return withScope(outbox.db, { region }, async (tx) => {
    const row = await tx
      .selectFrom('reply_send')
      .selectAll()
      .where('region_id', '=', region)
      .where('state', '=', 'possibly_sent')
      .where('looked_at', 'is', null)
      .where('changed_at', '<=', now - SETTLE_MS)
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return null;
    await tx
      .updateTable('reply_send')
      .set({ looked_at: now })
      .where('region_id', '=', region)
      .where('id', '=', row.id)
      .execute();
    return row;
  });
}

/**
 * Looks in the networks for replies that were possibly sent. What is found is sent; what is not found stays
 * for a person to decide, for a network may be slow to show it, and a second answer to a resident is worse
 * than a look.
 */
export async function lookBack(outbox: Outbox, region: string): Promise<void> {
  for (
    let row = await leaseUnclearDelivery(outbox, region);
    row !== null;
    row = await leaseUnclearDelivery(outbox, region)
  ) {
    const connected = await outbox.pages.connect(region, row.channel_id);
    if (connected === null) continue;
    const { page, connector } = connected;
    if (connector.find === undefined) continue;
    const { id: key, text, target } = row;
    const reply = { key, text, target: target as unknown as ReplyTarget };
    // The network's clock may be behind ours.
    const since = row.changed_at - 5 * 60_000;
    const link = await connector.find(page, reply, since, page.pace).catch(() => null);
    if (link !== null) await finishDelivery(outbox, page, row, { kind: 'sent', link }, false);
  }
}

import { withScope } from '#server/store/database.ts';
import type { Channels } from '#server/channels/channels.ts';
import type { ReplyTarget } from '#server/channels/networks/connector.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { finishDelivery } from './replies.ts';

/** A network may show a message some seconds after it has taken it. */
const SETTLE_MS = 10_000;

/** The next reply of which nobody knows whether it was sent, and which the network was not asked about. */
async function leaseUnclearDelivery(channels: Channels, region: string) {
  const now = channels.now();
  return withScope(channels.db, { region }, async (tx) => {
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
export async function lookBack(channels: Channels, region: string): Promise<void> {
  for (
    let row = await leaseUnclearDelivery(channels, region);
    row !== null;
    row = await leaseUnclearDelivery(channels, region)
  ) {
    const channel = await channels.find(region, row.channel_id);
    const connector = channel === null ? null : channels.connector(channel.network);
    if (channel === null || connector?.find === undefined) continue;
    const { id: key, text, target } = row;
    const reply = { key, text, target: target as unknown as ReplyTarget };
    // The network's clock may be behind ours.
    const since = row.changed_at - 5 * 60_000;
    const link = await connector.find(channel, reply, since, paceOf(channels.db, region)).catch(() => null);
    if (link !== null) await finishDelivery(channels, channel, row, { kind: 'sent', link }, false);
  }
}

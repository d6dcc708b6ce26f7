import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { withScope } from '#server/store/database.ts';
import type { Channels } from '#server/channels/channels.ts';
import type { Page, NetworkConnector, Pace, RawEvent } from '#server/channels/networks/connector.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { callbackPath } from '#server/channels/pages/read-pages.ts';

/** A gap is healed after at most so long. */
export const CATCH_UP_MS = 10 * 60_000;

/** Whether this process is the one that reads the page now. */
async function leaseCatchUp(channels: Channels, { region, id }: Page, everyMs: number): Promise<boolean> {
  const now = channels.now();
  const { numUpdatedRows } = await withScope(channels.db, { region }, (tx) =>
    tx
      .updateTable('channel')
      .set({ caught_up_at: now })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .where((eb) => eb.or([eb('caught_up_at', 'is', null), eb('caught_up_at', '<=', now - everyMs)]))
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

/**
 * Keys of catching up are `read:` and the message's own; what a callback has brought already is not stored
 * again.
 */
async function isKnown(channels: Channels, { region, id }: Page, { key }: RawEvent): Promise<boolean> {
  const row = await withScope(channels.db, { region }, (tx) =>
    tx
      .selectFrom('channel_message')
      .select('key')
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('key', '=', key.slice('read:'.length))
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/** What keeps the network from calling us, if anything: then reading anew is all the more needed. */
async function subscribe(
  channels: Channels,
  channel: Page,
  connector: NetworkConnector,
  pace: Pace,
): Promise<ChannelProblem | null> {
  if (channel.reception !== 'callback' || channels.publicUrl === null) return null;
  const callback = `${channels.publicUrl}${callbackPath(channel.region, channel.id)}`;
  try {
    await connector.subscribe?.(channel, callback, pace);
    return null;
  } catch (error) {
    return connector.troubleOf(error);
  }
}

/**
 * Sees to a page's subscription and reads the page anew when its time has come; stores what is not here yet.
 */
export async function catchUp(channels: Channels, channel: Page, everyMs = CATCH_UP_MS): Promise<void> {
  const connector = channels.connector(channel.network);
  if (connector === null || !(await leaseCatchUp(channels, channel, everyMs))) return;
  const pace = paceOf(channels.db, channel.region);
  const unsubscribed = await subscribe(channels, channel, connector, pace);
  try {
    for await (const event of connector.catchUp(channel, pace)) {
      await channels.storm.calm();
      if (!(await isKnown(channels, channel, event))) await channels.store(channel, event);
    }
    await channels.setTrouble(channel, unsubscribed);
  } catch (error) {
    await channels.setTrouble(channel, connector.troubleOf(error));
  }
}

import { sql } from 'kysely';
import type { LookUp } from '#shared/protocol/look-up.ts';
import type { MessageLink } from '#shared/text/message-link.ts';
import { withScope } from '#server/store/database.ts';
import type { Channels } from './channels.ts';
import type { Channel, Pace } from './network.ts';
import { paceOf } from './pace.ts';
import { lookUpVk } from './vk/look-up.ts';

/** Networks in which a message can be read by its address. */
const READERS: Readonly<
  Record<string, (channel: Channel, link: MessageLink, pace: Pace) => Promise<LookUp>>
> = {
  vk: lookUpVk,
};

/** A page of the network with a token to read by; the one the message stands on first, it may see more there. */
async function readerOf(channels: Channels, region: string, link: MessageLink): Promise<Channel | null> {
  const rows = await withScope(channels.db, { region }, (tx) =>
    tx
      .selectFrom('channel')
      .select('id')
      .where('region_id', '=', region)
      .where('network', '=', link.network)
      .where('active', '=', true)
      .orderBy(sql`page_id = ${(link.owner ?? '').replace(/^-/, '')}`, 'desc')
      .orderBy('created_at')
      .execute(),
  );
  for (const { id } of rows) {
    const channel = await channels.find(region, id);
    if (channel !== null && channel.secrets.readToken !== null) return channel;
  }
  return null;
}

/** What the network says of a message that somebody found and pasted the address of. Throws what the database throws. */
export async function lookUp(channels: Channels, region: string, link: MessageLink): Promise<LookUp> {
  const read = READERS[link.network];
  if (read === undefined) return { failure: 'no_connector' };
  if (link.post === null) return { failure: 'not_a_message' };
  const channel = await readerOf(channels, region, link);
  return channel === null ? { failure: 'no_page' } : read(channel, link, paceOf(channels.db, region));
}

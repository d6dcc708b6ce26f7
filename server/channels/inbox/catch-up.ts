import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { withScope } from '#server/store/database.ts';
import type { Inbox } from './inbox.ts';
import type { Page, NetworkConnector, RawEvent } from '#server/channels/networks/connector.ts';

/** A gap is healed after at most so long. */
export const CATCH_UP_MS = 10 * 60_000;

/** Leases the page's catching up. False when another process did so less than `everyMs` ago. */
async function leaseCatchUp(
  { db, now: clock }: Pick<Inbox, 'db' | 'now'>,
  { region, id }: Page,
  everyMs: number,
): Promise<boolean> {
  const now = clock();
  const { numUpdatedRows } = await withScope(db, { region }, (tx) =>
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
async function isKnown({ db }: Pick<Inbox, 'db'>, { region, id }: Page, { key }: RawEvent): Promise<boolean> {
  const row = await withScope(db, { region }, (tx) =>
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

/** Tells what keeps the network from calling us, if anything: then reading anew is all the more needed. */
async function subscribe(
  { pages }: Pick<Inbox, 'pages'>,
  page: Page,
  connector: NetworkConnector,
): Promise<ChannelProblem | null> {
  const callback = pages.callbackUrl(page);
  if (page.reception !== 'callback' || callback === null) return null;
  try {
    await connector.subscribe?.(page, callback, page.pace);
    return null;
  } catch (error) {
    return connector.troubleOf(error);
  }
}

/**
 * Sees to a page's subscription and reads the page anew when its time has come; stores what is not here yet.
 */
export async function catchUp(inbox: Inbox, page: Page, everyMs = CATCH_UP_MS): Promise<void> {
  const { pages, load, events } = inbox;
  const connector = pages.connector(page.network);
  if (connector === null || !(await leaseCatchUp(inbox, page, everyMs))) return;
  const unsubscribed = await subscribe(inbox, page, connector);
  try {
    for await (const event of connector.catchUp(page, page.pace)) {
      await load.calm();
      if (!(await isKnown(inbox, page, event))) await events.write(page, event);
    }
    await pages.noteTrouble(page, unsubscribed);
  } catch (error) {
    await pages.noteTrouble(page, connector.troubleOf(error));
  }
}

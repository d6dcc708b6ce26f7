import { withScope } from '#server/store/database.ts';
import type { Inbox } from './inbox.ts';
import { findWords } from './found-words.ts';
import type { EventWords } from '#shared/protocol/channels.ts';

/** Which event of a page. */
interface EventKey {
  readonly region: string;
  readonly page: string;
  readonly key: string;
}

/** Characters an incident holds. */
const MAX_TEXT = 100_000;

/** All the words that can be found in an event of a page; null when it is not there. */
export async function findEventWords(
  { db }: Pick<Inbox, 'db'>,
  { region, page, key }: EventKey,
): Promise<EventWords | null> {
  const row = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('channel_event')
      .select(['raw', 'received_at'])
      .where('region_id', '=', region)
      .where('channel_id', '=', page)
      .where('key', '=', key)
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  const { author, text, at } = findWords(row.raw);
  return { author, text: text.slice(0, MAX_TEXT).toWellFormed(), at: at ?? row.received_at };
}

/**
 * A person has looked at an event that no connector could read: registered what it says by hand, or found
 * that nobody says anything in it. It is read no more. False when it is none of those that wait for a person.
 */
export async function settleUnreadEvent(
  { db }: Pick<Inbox, 'db'>,
  { region, page, key }: EventKey,
  isRegistered: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await withScope(db, { region }, (tx) =>
    tx
      .updateTable('channel_event')
      .set({ state: 'done', reason: isRegistered ? 'by_hand' : 'put_away' })
      .where('region_id', '=', region)
      .where('channel_id', '=', page)
      .where('key', '=', key)
      .where('state', 'in', ['failed', 'unknown'])
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

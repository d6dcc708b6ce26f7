import type { z } from 'zod';
import type { loggedEventSchema } from '#shared/protocol/channels.ts';
import type { ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import { findWords } from './found-words.ts';

/** Events of a log; what waits for a person comes before what a rule kept out. */
const LOGGED = 200;
/** Enough of a message to see what it is about. */
const LOGGED_TEXT = 300;

type LoggedMessage = z.infer<typeof loggedEventSchema>['message'];

const beginning = (author: string, text: string): LoggedMessage => ({
  author: cleanText(author),
  text: cleanText(text).slice(0, LOGGED_TEXT).toWellFormed(),
});

/** Beginning of the resident's message in an event that a rule kept out; null when it holds none. */
function messageIn(event: RawEvent, read: (event: RawEvent) => ParsedEvent): LoggedMessage {
  const parsed = read(event);
  return 'message' in parsed ? beginning(parsed.message.author.name, parsed.message.text) : null;
}

/** The same of an event that could not be read: what looks like words in it. */
function wordsIn({ raw }: RawEvent): LoggedMessage {
  const { author, text } = findWords(raw);
  return text === '' ? null : beginning(author, text);
}

/**
 * The newest events of a page that entered no incident, with the reason, those first that no one could read.
 * `read` makes sense of them.
 */
export async function readEventLog(
  db: Database,
  region: string,
  id: string,
  read: (event: RawEvent) => ParsedEvent = () => ({ kind: 'unknown' }),
): Promise<z.infer<typeof loggedEventSchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('channel_event')
      .select(['channel_id', 'key', 'kind', 'received_at', 'state', 'reason', 'raw'])
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('state', 'in', ['logged', 'unknown', 'failed'])
      .orderBy((eb) => eb('state', '=', 'logged'))
      .orderBy('seq', 'desc')
      .limit(LOGGED)
      .execute(),
  );
  return rows.map((row) => ({
    channel: row.channel_id,
    key: row.key,
    kind: row.kind,
    receivedAt: row.received_at,
    state: row.state,
    reason: row.reason,
    // Only what was logged by a rule was read without trouble.
    message: row.state === 'logged' ? messageIn(row, read) : wordsIn(row),
  }));
}

/**
 * Has events of a page read again that were not taken in: after a parser was mended, or watch words changed.
 * Gives how many.
 */
export async function rereadEvents(db: Database, region: string, id: string): Promise<number> {
  const { numUpdatedRows } = await withScope(db, { region }, (tx) =>
    tx
      .updateTable('channel_event')
      .set({ state: 'new', reason: null })
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('state', 'in', ['logged', 'unknown', 'failed'])
      .executeTakeFirst(),
  );
  return Number(numUpdatedRows);
}

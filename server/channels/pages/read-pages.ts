import { z } from 'zod';
import {
  channelProblemSchema,
  channelRulesSchema,
  type channelSchema,
  type loggedEventSchema,
  type replySendSchema,
} from '#shared/protocol/channels.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import { lastEventAt } from './page-health.ts';
import { findWords } from '#server/channels/inbox/found-words.ts';
import type { ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

/** Path that the network calls for a page. */
export const callbackPath = (region: string, id: string): string =>
  `/api/v1/channels/${region}/${id}/callback`;

/** The pages of a region and how they fare. */
export async function readPages(db: Database, region: string): Promise<z.infer<typeof channelSchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('channel')
      .selectAll()
      .select(lastEventAt('channel').as('heard_at'))
      .where('region_id', '=', region)
      .orderBy('name')
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    network: row.network,
    name: row.name,
    pageId: row.page_id,
    agency: row.agency,
    baseUrl: row.base_url,
    certificate: row.certificate,
    watch: z.array(z.string()).parse(row.watch),
    rules: channelRulesSchema.parse(row.rules),
    togetherHours: row.together_hours,
    state: row.archived_at !== null ? 'archived' : row.active ? 'active' : 'paused',
    reception: row.reception,
    lastEventAt: row.heard_at,
    caughtUpAt: row.caught_up_at,
    recovered: row.recovered,
    trouble: channelProblemSchema.nullable().parse(row.trouble),
    callback: callbackPath(region, row.id),
  }));
}

/** Events of a log; what waits for a person comes before what a rule kept out. */
const LOGGED = 200;
/** Enough of a message to see what it is about. */
const LOGGED_TEXT = 300;

type LoggedMessage = z.infer<typeof loggedEventSchema>['message'];

const beginning = (author: string, text: string): LoggedMessage => ({
  author: cleanText(author),
  text: cleanText(text).slice(0, LOGGED_TEXT).toWellFormed(),
});

/** What an event that was kept out of the queue says, if a resident says something in it. */
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

type Sending = z.infer<typeof replySendSchema>;

const MAX_LISTED = 200;

/** Replies with the page they go out from. */
const sendingRows = (tx: ScopedTransaction, region: string) =>
  tx
    .selectFrom('reply_send as r')
    .innerJoin('channel as c', (join) =>
      join.onRef('c.region_id', '=', 'r.region_id').onRef('c.id', '=', 'r.channel_id'),
    )
    .where('r.region_id', '=', region)
    .select([
      'r.id',
      'r.incident_id as incident',
      'r.origin',
      'r.reply',
      'c.network',
      'c.name as page',
      'r.author',
      'r.state',
      'r.not_before as notBefore',
      'r.problem',
      'r.link',
    ]);

/**
 * How far the replies of an incident have come: its own, and what its author gets as one of those merged into
 * another.
 */
export async function readReplyDeliveries(
  db: Database,
  region: string,
  incident: string,
): Promise<Sending[]> {
  return withScope(db, { region }, (tx) =>
    sendingRows(tx, region)
      .where((eb) => eb.or([eb('r.incident_id', '=', incident), eb('r.origin', '=', incident)]))
      .orderBy('r.reply')
      .orderBy((eb) => eb('r.origin', '!=', eb.ref('r.incident_id')))
      .orderBy('r.author')
      .orderBy('r.id')
      .execute(),
  );
}

/** Replies of a region that are on their way or wait for a person, those first that have waited longest. */
export async function readUnsentDeliveries(db: Database, region: string): Promise<Sending[]> {
  return withScope(db, { region }, (tx) =>
    sendingRows(tx, region)
      .where('r.state', 'not in', ['sent', 'cancelled'])
      .orderBy('r.not_before')
      .limit(MAX_LISTED)
      .execute(),
  );
}

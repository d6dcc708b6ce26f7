import { sql, type Selectable } from 'kysely';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { MS_PER_HOUR, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { ChannelEventTable } from '#server/store/channel-tables.ts';
import { cleanJson } from '#server/sync/clean-json.ts';
import { albumOf } from './album.ts';
import { noteTrouble, PAGE_OFF, type PageWithRules } from '#server/channels/pages/page-rows.ts';
import { hearBotWord } from './hear-bot-word.ts';
import type { Inbox } from './inbox.ts';
import { UnitOfWork, type Subjects } from './unit-of-work.ts';
import type { OfPage } from './known-messages.ts';
import type { ParsedEvent } from '#server/channels/networks/connector.ts';
import { messageIncidentId, noNewMessage, NotTaken, takeIn, type TakeInResult } from './take-in.ts';

/** An event as it lies in the database. */
export type InboxEvent = Selectable<ChannelEventTable>;

/** An event and what it says, if it can be read. */
interface Reading {
  readonly event: InboxEvent;
  readonly page: PageWithRules;
  readonly parsed:
    | ParsedEvent
    | { readonly kind: 'unreadable'; readonly error: unknown }
    | { readonly kind: 'paused' };
}

interface TakenEvent {
  readonly event: InboxEvent;
  readonly taken: TakeInResult;
}

/**
 * An event that cannot be taken in is kept with the reason and does not hold up those behind it. Words of the
 * event stay out of it.
 */
export function failedResult(error: unknown): TakeInResult {
  const reason =
    error instanceof NotTaken
      ? `refused:${error.message}`
      : `unreadable:${error instanceof Error ? error.name : ''}`;
  return noNewMessage('failed', reason);
}

async function read(
  tx: ScopedTransaction,
  { pages }: Pick<Inbox, 'pages'>,
  region: string,
  event: InboxEvent,
  isWanted: boolean,
): Promise<Reading> {
  const { page, connector } = must(await pages.connect(region, event.channel_id), 'the page of an event');
  if (!isWanted && (await isPaused(tx, page))) return { event, page, parsed: { kind: 'paused' } };
  const album = await albumOf(tx, region, event);
  try {
    return { event, page, parsed: cleanJson(connector.read(page, event, album)) as ParsedEvent };
  } catch (error) {
    return { event, page, parsed: { kind: 'unreadable', error } };
  }
}

/** Names the messages, threads and incidents that these events are about. */
function subjectsOf(readings: readonly Reading[]): Subjects {
  const messages: OfPage[] = [];
  const threads: OfPage[] = [];
  const incidents: string[] = [];
  for (const { page, parsed } of readings) {
    if (parsed.kind === 'deleted') messages.push({ page: page.id, name: parsed.key });
    if (!('message' in parsed)) continue;
    messages.push({ page: page.id, name: parsed.message.key });
    threads.push({ page: page.id, name: parsed.message.thread });
    incidents.push(messageIncidentId(page, parsed.message.key));
  }
  return { messages, threads, incidents };
}

/**
 * Tells whether a page is paused by what is known of it, and by the database: whoever switches it on waits
 * for us, or we see it.
 */
async function isPaused(tx: ScopedTransaction, { region, id, active }: PageWithRules): Promise<boolean> {
  if (active) return false;
  const row = await tx
    .selectFrom('channel')
    .select('active')
    .where('region_id', '=', region)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  return row?.active === false;
}

/**
 * Writes down what became of events, which are there: whoever reads them has locked them. In the words of an
 * insertion, as messages are (known-messages.ts).
 */
async function writeResults(
  tx: ScopedTransaction,
  region: string,
  outcomes: readonly TakenEvent[],
): Promise<void> {
  const rows = outcomes.map(({ event, taken: { state, reason, incident } }) => ({
    channel_id: event.channel_id,
    key: event.key,
    state,
    reason,
    incident,
  }));
  await sql`insert into channel_event (region_id, channel_id, key, kind, received_at, raw, state, reason,
    incident_id)
    select ${region}, channel_id, key, '', 0, '', state, reason, incident
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(channel_id uuid, key text, state text, reason text, incident uuid)
    on conflict (region_id, channel_id, key) do update set state = excluded.state, reason = excluded.reason,
      incident_id = excluded.incident_id`.execute(tx);
}

interface Arrivals {
  readonly last: Instant;
  readonly recovered: number;
  readonly delay: number | null;
}

function withArrival(before: Arrivals | undefined, { event, taken }: TakenEvent): Arrivals {
  const { last = event.received_at, recovered = 0, delay = null } = before ?? {};
  const so = { last: Math.max(last, event.received_at), recovered, delay };
  if (taken.newSince === null) return so;
  return event.key.startsWith('read:')
    ? { ...so, recovered: recovered + 1 }
    : { ...so, delay: event.received_at - taken.newSince };
}

/**
 * Notes on pages when they were heard of, how long their newest message was on its way, and how many were
 * found by catching up.
 */
async function noteArrivals(
  tx: ScopedTransaction,
  region: string,
  outcomes: readonly TakenEvent[],
): Promise<void> {
  const pages = new Map<string, Arrivals>();
  for (const outcome of outcomes)
    pages.set(outcome.event.channel_id, withArrival(pages.get(outcome.event.channel_id), outcome));
  for (const [id, { last, recovered, delay }] of pages)
    await tx
      .updateTable('channel')
      .set(({ eb }) => ({
        last_event_at: sql<Instant>`greatest(last_event_at, ${last}::bigint)`,
        recovered: eb('recovered', '+', recovered),
        ...(delay === null ? {} : { delay_ms: delay }),
      }))
      .where('region_id', '=', region)
      .where('id', '=', id)
      .execute();
}

/** Notes troubles that events tell of their pages; of several the last. */
async function noteTroubles(tx: ScopedTransaction, readings: readonly Reading[]): Promise<void> {
  const troubles = new Map<PageWithRules, ChannelProblem>();
  for (const { page, parsed } of readings)
    if (parsed.kind === 'skip' && parsed.trouble !== undefined) troubles.set(page, parsed.trouble);
  for (const [page, trouble] of troubles) await noteTrouble(tx, page, trouble);
}

/** Does what was said to the pages' bots. A person's word that an event is to enter repeats none of it. */
async function hearWords(tx: ScopedTransaction, readings: readonly Reading[], now: Instant): Promise<void> {
  for (const { page, parsed } of readings)
    if (parsed.kind === 'bot_word') await hearBotWord(tx, { page, ...parsed }, now);
}

/**
 * Makes sense of stored events, in their order, and carries them into incidents, in one transaction and few
 * statements. One that cannot be taken in is kept as failed; with `isWanted`, a person's word that it is to
 * enter past the rules, it throws instead.
 */
export async function takeEvents(
  tx: ScopedTransaction,
  inbox: Pick<Inbox, 'pages' | 'now'>,
  region: string,
  events: readonly InboxEvent[],
  isWanted = false,
): Promise<readonly TakeInResult[]> {
  const readings: Reading[] = [];
  for (const event of events) readings.push(await read(tx, inbox, region, event, isWanted));
  const book = await UnitOfWork.open(tx, region, subjectsOf(readings));
  const now = inbox.now();
  const outcomes = readings.map(({ event, page, parsed }): TakenEvent => {
    try {
      if (parsed.kind === 'unreadable') throw parsed.error;
      if (parsed.kind === 'paused') return { event, taken: noNewMessage('logged', PAGE_OFF) };
      const { rules, togetherHours } = page;
      const { received_at: receivedAt, seq } = event;
      const within = togetherHours * MS_PER_HOUR;
      const intake = { book, page, rules, within, isWanted, receivedAt, seq, now };
      return { event, taken: book.attempt(() => takeIn(intake, parsed)) };
    } catch (error) {
      if (isWanted) throw error;
      return { event, taken: failedResult(error) };
    }
  });
  await writeResults(tx, region, outcomes);
  await noteArrivals(tx, region, outcomes);
  await noteTroubles(tx, readings);
  if (!isWanted) await hearWords(tx, readings, now);
  await book.store(tx, region, now);
  return outcomes.map(({ taken }) => taken);
}

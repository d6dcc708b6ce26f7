import { sleep } from '#server/process/sleep.ts';
import { z } from 'zod';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import {
  fieldsOf,
  items,
  listOf,
  moment,
  nameOrNull,
  readBy,
  wordsIn,
} from '#server/channels/networks/lenient.ts';
import type { Page, TokenPace, PollResult, RawEvent } from '#server/channels/networks/connector.ts';
import { callGraph } from './call.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import { okChatId } from './objects.ts';

/** How far back a gap is looked for: the network itself repeats a webhook for 8 hours. */
const WINDOW_MS = 2 * MS_PER_DAY;
const PAGE = 100;
/** Endless pages are somebody's fault; 2,000 chats in two days are not. */
const MAX_PAGES = 20;
/** Between questions that brought nothing. */
const QUIET_MS = 15_000;

const chatsSchema = z.looseObject({
  // A chat without its time may hold something new.
  chats: items(z.looseObject({ chat_id: okChatId, lastEventTime: moment(1) })),
  marker: z.string().min(1).optional().catch(undefined),
});
const messagesSchema = z.looseObject({ messages: readBy(listOf) });
/** The part of a message that is looked at before it is stored. */
const outlineSchema = z.looseObject({
  sender: readBy((value) => wordsIn(fieldsOf(value)['user_id'])),
  message: readBy((value) => nameOrNull.parse(fieldsOf(value)['mid'])),
  timestamp: moment(1),
});

/** A message as the webhook would have told of it; one without a name is its own key. */
function eventOf(prefix: string, mid: string | null, message: unknown): RawEvent {
  const raw = JSON.stringify(message);
  const key = mid ?? hashOfText(raw);
  return { key: `${prefix}${key}`, kind: 'MESSAGE_CREATED', raw };
}

interface Chat {
  readonly id: string;
  readonly lastEventTime: number;
}

/** Chats in which something happened since the moment. The network gives the newest first. */
async function chatsSince(page: Page, since: number, pace: TokenPace): Promise<Chat[]> {
  const found: Chat[] = [];
  let marker: string | undefined;
  for (let fetched = 0; fetched < MAX_PAGES; fetched += 1) {
    const params = { count: String(PAGE), ...(marker !== undefined && { marker }) };
    const answer = chatsSchema.parse(await callGraph(page, 'me/chats', pace, { params }));
    const fresh = answer.chats.filter(({ lastEventTime: at }) => at === null || at >= since);
    found.push(...fresh.map(({ chat_id: id, lastEventTime: at }) => ({ id, lastEventTime: at ?? since })));
    marker = answer.marker;
    if (marker === undefined || fresh.length < answer.chats.length) break;
  }
  return found;
}

/**
 * Fetches what residents wrote in a chat since the moment, as the webhook would have told of it; the group's
 * own words are left out.
 */
async function messagesOf(
  page: Page,
  chat: string,
  since: number,
  pace: TokenPace,
  prefix: string,
): Promise<RawEvent[]> {
  const events = new Map<string, RawEvent>();
  let until: number | null = null;
  for (let fetched = 0; fetched < MAX_PAGES; fetched += 1) {
    // They come newest first, and the network calls the later end `from`.
    const params = { to: String(since), count: String(PAGE), ...(until !== null && { from: String(until) }) };
    const answer = await callGraph(page, `me/messages/${chat}`, pace, { params });
    const { messages } = messagesSchema.parse(answer);
    const before = events.size;
    const outlines = messages.map((message) => outlineSchema.parse(fieldsOf(message)));
    for (const [index, { sender, message: mid, timestamp }] of outlines.entries()) {
      const event = eventOf(prefix, mid, messages[index]);
      if (!sender.startsWith('group:') && (timestamp ?? since) >= since) events.set(event.key, event);
    }
    if (messages.length < PAGE || (fetched > 0 && events.size === before)) break;
    const moments = outlines.flatMap(({ timestamp }) => timestamp ?? []);
    if (moments.length === 0) break;
    until = Math.min(...moments);
  }
  return [...events.values()].toReversed();
}

/** Messages of the last two days in all chats of the group, under keys of a look back. */
export async function* chatsOk(page: Page, pace: TokenPace): AsyncIterable<RawEvent> {
  const since = Date.now() - WINDOW_MS;
  for (const { id } of await chatsSince(page, since, pace))
    yield* await messagesOf(page, id, since, pace, 'read:');
}

/**
 * Asks for what is new in the group's chats, for centres that cannot be called. The position is the network's
 * own moment of the newest event seen; messages of that moment are asked for again and known by their names.
 * (Its own long polling is not documented.)
 */
export async function pollOk(
  page: Page,
  position: string | null,
  pace: TokenPace,
  stopping: AbortSignal,
): Promise<PollResult> {
  const since = position === null ? Date.now() - WINDOW_MS : Number(position);
  const chats = await chatsSince(page, since, pace);
  const last = Math.max(since, ...chats.map(({ lastEventTime }) => lastEventTime));
  if (position !== null && last === since) {
    await sleep(QUIET_MS, stopping);
    return { events: [], position };
  }
  const events: RawEvent[] = [];
  for (const { id } of chats) events.push(...(await messagesOf(page, id, since, pace, '')));
  return { events, position: chats.length === 0 ? null : String(last) };
}

import { v7 as uuidv7 } from 'uuid';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { mediaAddressSchema } from '#shared/domain/media.ts';
import { assertNever, must } from '#shared/domain/must.ts';
import type { ChannelRules } from '#shared/protocol/channels.ts';
import type { ChannelEventState } from '#server/store/channel-tables.ts';
import { outsideId } from '#server/sync/outside-id.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { authorName, type KnownMessage } from './known-messages.ts';
import type { IncomingMessage, Page, ParsedEvent } from '#server/channels/networks/connector.ts';
import { reasonToLog } from './rules.ts';

/** Tells what became of an event. */
export interface TakeInResult {
  readonly state: ChannelEventState;
  readonly reason: string | null;
  readonly incident: string | null;
  /** When a message was written that was not here before; null when none came. */
  readonly newSince: Instant | null;
}

/** The decider would not have it: everything is undone and the event is kept as failed, to be read again. */
export class NotTaken extends Error {}

/** Where an event is taken in. */
export interface TakeInContext {
  readonly book: UnitOfWork;
  readonly page: Page;
  readonly rules: ChannelRules;
  /** Milliseconds within which an author's words at one place are one case. */
  readonly within: number;
  /** A person said that this message is to enter the queue, whatever the rules say. */
  readonly isWanted: boolean;
  readonly receivedAt: Instant;
  /** The event's place in the order of arrival. */
  readonly seq: number;
  readonly now: Instant;
}

/** Characters an incident holds (`register`); the rest of a longer message stays in the stored event. */
const MAX_TEXT = 100_000;
/**
 * Where calendars begin (`compileCalendar`): no network was answered before, so an earlier moment is a
 * mistake of its clock.
 */
const EARLIEST = Date.UTC(2015, 0, 1);

/** The result of an event that brought no new message. */
export const noNewMessage = (
  state: ChannelEventState,
  reason: string | null,
  incident: string | null = null,
): TakeInResult => ({
  state,
  reason,
  incident,
  newSince: null,
});

/** Carries a parsed event into incidents. Throws NotTaken. */
export function takeIn(intake: TakeInContext, parsed: ParsedEvent): TakeInResult {
  switch (parsed.kind) {
    case 'message':
      return takeMessage(intake, atItsTime(intake, parsed.message));
    case 'restored':
      return takeRestored(intake, atItsTime(intake, parsed.message));
    case 'edited':
      return takeEdit(intake, atItsTime(intake, parsed.message));
    case 'deleted':
      return takeDeletion(intake, parsed.key);
    case 'skip':
      return noNewMessage('logged', parsed.reason);
    case 'bot_word':
      return noNewMessage('logged', parsed.word.kind === 'blocked' ? 'service' : 'bot_word');
    case 'unknown':
      return noNewMessage('unknown', 'unknown_kind');
    default:
      return assertNever(parsed);
  }
}

/** A message that is somewhere in time and says something. */
type TimedMessage = IncomingMessage & { readonly at: Instant };

/**
 * A network's clock may be ahead, and a year 2100 is somebody's joke: nothing is later than its arrival,
 * which counts when the network says no time. Throws NotTaken when there is nothing to read in it.
 */
function atItsTime({ now, receivedAt }: TakeInContext, message: IncomingMessage): TimedMessage {
  if (message.text.trim() === '') throw new NotTaken('no_words');
  return { ...message, at: Math.max(EARLIEST, Math.min(Math.trunc(message.at ?? receivedAt), now)) };
}

const asHeld = (text: string): string => text.slice(0, MAX_TEXT).toWellFormed();

function carryOut({ book, page, now }: TakeInContext, incident: string, command: IncidentCommand): void {
  const refusal = book.command({ incident, by: `channel:${page.id}`, command, now });
  if (refusal !== null) throw new NotTaken(refusal.kind);
}

/**
 * True when a later event has said already what became of the message: this one is read again, or came too
 * late.
 */
const isOvertaken = ({ seq }: TakeInContext, known: KnownMessage): boolean => known.fate_seq >= seq;

function takeMessage(intake: TakeInContext, message: TimedMessage): TakeInResult {
  const { book, page, rules, isWanted } = intake;
  const { key, text, at } = message;
  const known = book.message(page.id, key);
  // Found again after it was deleted: it is back. Of rows older than `fate_seq` nobody knows what came first.
  const isBack =
    known !== undefined &&
    known.deleted_at !== null &&
    !isOvertaken(intake, known) &&
    (known.incident_id !== null || known.fate_seq > 0);
  if (isBack) return takeRestored(intake, message);
  if (known !== undefined && known.incident_id !== null)
    return noNewMessage('done', 'duplicate', known.incident_id);
  remember(intake, message);
  const reason = isWanted ? null : reasonToLog({ watch: page.watch, rules }, message);
  if (reason !== null) return noNewMessage('logged', reason);
  const id = enter(intake, message);
  const newSince = known === undefined ? at : null;
  return { state: 'done', reason: text.length > MAX_TEXT ? 'cut' : null, incident: id, newSince };
}

/** The id of the incident that a page's message becomes: it follows from the network's own keys. */
export const messageIncidentId = ({ region, network, pageId }: Page, key: string): string =>
  outsideId(region, network, pageId, key);

/** Somebody may have registered an incident under that id: then the message becomes one of its own. */
function newIdOf({ book, page }: TakeInContext, key: string): string {
  const id = messageIncidentId(page, key);
  return book.hasIncident(id) ? uuidv7() : id;
}

/**
 * Registers a message, or adds it to the talk it belongs to, with what became of it before it entered. Gives
 * the incident.
 */
function enter(intake: TakeInContext, message: TimedMessage): string {
  const { book, page, within } = intake;
  const { key, thread, at } = message;
  const talk = book.talk({
    page: page.id,
    name: thread,
    at,
    within,
  });
  const id = addToTalk(intake, talk, message) ?? newIdOf(intake, key);
  if (id !== talk?.id) carryOut(intake, id, registration(page, message, talk?.id));
  book.change(page.id, key, { incident_id: id });
  const { deleted_at: deletedAt, edited_text: edited } = must(book.message(page.id, key), 'the message');
  if (deletedAt !== null) changeSource(intake, id, message, null);
  else if (edited !== null) changeSource(intake, id, message, edited);
  return id;
}

/** Adds a message to its talk and gives the incident; null when there is none, or it holds no more. */
function addToTalk(
  { book, page, now }: TakeInContext,
  talk: Incident | null,
  message: TimedMessage,
): string | null {
  if (talk === null) return null;
  const command = followUp(message, talk.author);
  const refusal = book.command({ incident: talk.id, by: `channel:${page.id}`, command, now });
  if (refusal === null) return talk.id;
  if (refusal.kind === 'incident_full') return null;
  throw new NotTaken(refusal.kind);
}

function remember({ book, page }: TakeInContext, message: TimedMessage): void {
  const { key, thread, at, text, target, url } = message;
  const fate = { incident_id: null, edited_text: null, deleted_at: null, fate_seq: 0 };
  const author = authorName(message.author);
  book.add({ channel_id: page.id, key, thread, at, text, target, author, url, ...fate });
}

/** Addresses a network gives are as long as it likes; one that a command would not take is left out. */
const mediaIn = ({ media = [] }: IncomingMessage): { media: string[] } => ({
  media: media.filter((address) => mediaAddressSchema.safeParse(address).success).slice(0, 20),
});

/** Of one author's several messages only those of others name him: his are the incident's own. */
function followUp(message: TimedMessage, own: Incident['author']): IncidentCommand {
  const { at, url, text, author } = message;
  const content = { text: asHeld(text), at, url, ...mediaIn(message) };
  const isOwn = author.url === '' ? authorName(author) === own.name : author.url === own.url;
  return { name: 'receiveMessage', args: isOwn ? content : { ...content, author: authorName(author) } };
}

function registration(page: Page, message: TimedMessage, continues?: string): IncidentCommand {
  const { network, messageKind: kind, url, placeUrl, hasMedia, author, at, text } = message;
  return {
    name: 'register',
    args: {
      region: page.region,
      createdAt: at,
      text: asHeld(text),
      source: { network, kind, url, placeUrl, audience: null, engagement: null, hasMedia },
      author: { name: authorName(author), url: author.url },
      ...mediaIn(message),
      ...(continues === undefined ? {} : { continues }),
    },
  };
}

/** Tells the incident what its message says in the network since now; null: it is gone there. */
function changeSource(
  intake: TakeInContext,
  incident: string,
  { at: messageAt, url }: { readonly at: Instant; readonly url: string },
  text: string | null,
): TakeInResult {
  const at = Math.min(intake.receivedAt, intake.now);
  const args = { said: messageAt, url, text: text === null ? null : asHeld(text), at };
  const { book, page, now } = intake;
  const command = { name: 'changeSource', args } as const;
  const refusal = book.command({ incident, by: `channel:${page.id}`, command, now });
  if (refusal?.kind === 'incident_full') return noNewMessage('logged', refusal.kind, incident);
  if (refusal !== null) throw new NotTaken(refusal.kind);
  return noNewMessage('done', null, incident);
}

/** A message is in the network again, with these words. One that never entered the queue is judged anew. */
function takeRestored(intake: TakeInContext, message: TimedMessage): TakeInResult {
  const { book, page, seq } = intake;
  const known = book.message(page.id, message.key);
  if (known === undefined || known.deleted_at === null) return takeEdit(intake, message);
  if (isOvertaken(intake, known)) return takeMessage(intake, message);
  const { text } = message;
  book.change(page.id, message.key, {
    deleted_at: null,
    edited_text: text === known.text ? null : text,
    fate_seq: seq,
  });
  if (known.incident_id === null) return takeMessage(intake, message);
  return changeSource(intake, known.incident_id, known, text);
}

/** Whoever edits a message shows that it is there. */
function takeEdit(intake: TakeInContext, message: TimedMessage): TakeInResult {
  const { book, page, seq } = intake;
  const known = book.message(page.id, message.key);
  if (known === undefined || known.incident_id === null || isOvertaken(intake, known))
    return takeMessage(intake, message);
  if (known.deleted_at !== null) return takeRestored(intake, message);
  const { text } = message;
  if (text === (known.edited_text ?? known.text)) return noNewMessage('done', 'duplicate', known.incident_id);
  book.change(page.id, message.key, { edited_text: text, fate_seq: seq });
  return changeSource(intake, known.incident_id, known, text);
}

function takeDeletion(intake: TakeInContext, key: string): TakeInResult {
  const { book, page, seq } = intake;
  const known = book.message(page.id, key);
  if (known === undefined) return noNewMessage('logged', 'never_seen');
  if (known.deleted_at !== null || isOvertaken(intake, known))
    return noNewMessage('done', 'duplicate', known.incident_id);
  book.change(page.id, key, { deleted_at: intake.now, fate_seq: seq });
  if (known.incident_id === null) return noNewMessage('done', null);
  return changeSource(intake, known.incident_id, known, null);
}

import { v7 as uuidv7 } from 'uuid';
import type { Command } from '#shared/domain/command.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { mediaAddressSchema } from '#shared/domain/media.ts';
import { assertNever } from '#shared/domain/must.ts';
import type { ChannelRules } from '#shared/protocol/channels.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { ChannelEventState } from '#server/store/channel-tables.ts';
import { cleanText } from '#server/sync/clean-json.ts';
import type { FactsCache } from '#server/sync/reference-facts.ts';
import {
  authorName,
  changeMessage,
  messageByKey,
  rememberMessage,
  talkOf,
  type OpenTalk,
} from './known-messages.ts';
import type { Incoming, Channel, Parsed } from './network.ts';
import { reasonToLog } from './rules.ts';
import { commandBySystem } from './system-command.ts';

/** What became of an event. */
export interface Taken {
  readonly state: ChannelEventState;
  readonly reason: string | null;
  readonly incident: string | null;
  /** When a message was written that was not here before; null when none came. */
  readonly newSince: Instant | null;
}

/** The decider would not have it: everything is undone and the event is kept as failed, to be read again. */
export class NotTaken extends Error {}

/** Where an event is taken in. */
export interface Intake {
  readonly channel: Channel;
  readonly rules: ChannelRules;
  /** A person said that this message is to enter the queue, whatever the rules say. */
  readonly isWanted: boolean;
  readonly receivedAt: Instant;
  readonly now: Instant;
  readonly facts: FactsCache;
}

/** Characters an incident holds (`register`); the rest of a longer message stays in the stored event. */
const MAX_TEXT = 100_000;
/** Where calendars begin (`compileCalendar`): no network was answered before, so an earlier moment is a mistake of its clock. */
const EARLIEST = Date.UTC(2015, 0, 1);

const nothing = (state: ChannelEventState, reason: string | null, incident: string | null = null): Taken => ({
  state,
  reason,
  incident,
  newSince: null,
});

/** Carries a parsed event into incidents. Throws NotTaken. */
export async function takeIn(tx: ScopedTransaction, intake: Intake, parsed: Parsed): Promise<Taken> {
  switch (parsed.kind) {
    case 'message':
      return takeMessage(tx, intake, atItsTime(intake, parsed.message));
    case 'edited':
      return takeEdit(tx, intake, atItsTime(intake, parsed.message));
    case 'deleted':
      return takeDeletion(tx, intake, parsed.key);
    case 'skip':
      return nothing('logged', parsed.reason);
    case 'unknown':
      return nothing('unknown', 'unknown_kind');
    default:
      return assertNever(parsed);
  }
}

/** A network's clock may be ahead, and a year 2100 is somebody's joke: nothing is later than its arrival. */
const atItsTime = ({ now }: Intake, message: Incoming): Incoming => ({
  ...message,
  text: cleanText(message.text),
  at: Math.max(EARLIEST, Math.min(Math.trunc(message.at), now)),
});

const asHeld = (text: string): string => text.slice(0, MAX_TEXT).toWellFormed();

async function carryOut(
  tx: ScopedTransaction,
  intake: Intake,
  incident: string,
  command: Command,
): Promise<void> {
  const { channel, now, facts } = intake;
  const by = `channel:${channel.id}`;
  const refusal = await commandBySystem(tx, { region: channel.region, incident, by, command, now, facts });
  if (refusal !== null) throw new NotTaken(refusal.kind);
}

async function takeMessage(tx: ScopedTransaction, intake: Intake, message: Incoming): Promise<Taken> {
  const { channel, rules, isWanted } = intake;
  const { key, text, thread, at } = message;
  const known = await messageByKey(tx, channel, key);
  if (known !== undefined && known.incident_id !== null) {
    if (known.deleted_at === null) return nothing('done', 'duplicate', known.incident_id);
    await changeMessage(tx, channel, key, { deleted_at: null });
    return tellOfSource(tx, intake, known.incident_id, known, text);
  }
  await rememberMessage(tx, channel, message, text);
  const reason = isWanted ? null : reasonToLog({ watch: channel.watch, rules }, message);
  if (reason !== null) return nothing('logged', reason);
  const talk = await talkOf(tx, channel, thread);
  const id = talk?.id ?? uuidv7();
  await carryOut(
    tx,
    intake,
    id,
    talk === null ? registration(channel, message) : followUp(message, talk.author),
  );
  await changeMessage(tx, channel, key, { incident_id: id });
  const newSince = known === undefined ? at : null;
  return { state: 'done', reason: text.length > MAX_TEXT ? 'cut' : null, incident: id, newSince };
}

/** Addresses a network gives are as long as it likes; one that a command would not take is left out. */
const mediaIn = ({ media = [] }: Incoming): { media: string[] } => ({
  media: media.filter((address) => mediaAddressSchema.safeParse(address).success).slice(0, 20),
});

/** Of one author's several messages only those of others name him: his are the incident's own. */
function followUp(message: Incoming, own: OpenTalk['author']): Command {
  const { at, url, text, author } = message;
  const said = { text: asHeld(text), at, url, ...mediaIn(message) };
  const isOwn = author.url === '' ? authorName(author) === own.name : author.url === own.url;
  return { name: 'receiveMessage', args: isOwn ? said : { ...said, author: authorName(author) } };
}

function registration(channel: Channel, message: Incoming): Command {
  const { network, messageKind: kind, url, placeUrl, hasMedia, author, at, text } = message;
  return {
    name: 'register',
    args: {
      region: channel.region,
      createdAt: at,
      text: asHeld(text),
      source: { network, kind, url, placeUrl, audience: null, engagement: null, hasMedia },
      author: { name: authorName(author), url: author.url },
      ...mediaIn(message),
    },
  };
}

/** Tells the incident what its message says in the network since now; null: it is gone there. */
async function tellOfSource(
  tx: ScopedTransaction,
  intake: Intake,
  incident: string,
  { at: said, url }: { readonly at: Instant; readonly url: string },
  text: string | null,
): Promise<Taken> {
  const at = Math.min(intake.receivedAt, intake.now);
  const args = { said, url, text: text === null ? null : asHeld(text), at };
  await carryOut(tx, intake, incident, { name: 'changeSource', args });
  return nothing('done', null, incident);
}

async function takeEdit(tx: ScopedTransaction, intake: Intake, message: Incoming): Promise<Taken> {
  const { channel } = intake;
  const known = await messageByKey(tx, channel, message.key);
  if (known === undefined || known.incident_id === null) return takeMessage(tx, intake, message);
  const { text } = message;
  if (text === (known.edited_text ?? known.text)) return nothing('done', 'duplicate', known.incident_id);
  await changeMessage(tx, channel, message.key, { edited_text: text });
  return tellOfSource(tx, intake, known.incident_id, known, text);
}

async function takeDeletion(tx: ScopedTransaction, intake: Intake, key: string): Promise<Taken> {
  const { channel } = intake;
  const known = await messageByKey(tx, channel, key);
  if (known === undefined) return nothing('logged', 'never_seen');
  if (known.deleted_at !== null) return nothing('done', 'duplicate', known.incident_id);
  await changeMessage(tx, channel, key, { deleted_at: intake.now });
  if (known.incident_id === null) return nothing('done', null);
  return tellOfSource(tx, intake, known.incident_id, known, null);
}

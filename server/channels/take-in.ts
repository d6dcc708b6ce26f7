import { v7 as uuidv7 } from 'uuid';
import type { Command } from '#shared/domain/command.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { assertNever } from '#shared/domain/must.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { ChannelEventState } from '#server/store/schema.ts';
import { cleanText } from '#server/sync/clean-json.ts';
import type { FactsCache } from '#server/sync/reference-facts.ts';
import type { Channel, Incoming, Parsed } from './network.ts';
import { commandBySystem } from './system-command.ts';

/** What became of an event. */
export interface Taken {
  readonly state: ChannelEventState;
  readonly reason: string | null;
  readonly incident: string | null;
  /** Whether a message came in that was not here before. */
  readonly isNew: boolean;
}

/** The decider would not have it: everything is undone and the event is kept as failed, to be read again. */
export class NotTaken extends Error {}

/** Where an event is taken in. */
export interface Intake {
  readonly channel: Channel;
  readonly now: Instant;
  readonly facts: FactsCache;
}

/** Characters an incident holds (`register`); the rest of a longer message stays in the stored event. */
const MAX_TEXT = 100_000;
/** Characters of an edited text that a note repeats. */
const MAX_QUOTE = 4000;
/** Commands accept no earlier moment. */
const EARLIEST = Date.UTC(2000, 0, 1);

const nothing = (state: ChannelEventState, reason: string | null, incident: string | null = null): Taken => ({
  state,
  reason,
  incident,
  isNew: false,
});

/** Carries a parsed event into incidents. Throws NotTaken. */
export async function takeIn(tx: ScopedTransaction, intake: Intake, parsed: Parsed): Promise<Taken> {
  switch (parsed.kind) {
    case 'message':
      return takeMessage(tx, intake, parsed.message);
    case 'edited':
      return takeEdit(tx, intake, parsed.message);
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

const isWatched = ({ watch }: Channel, { text, messageKind }: Incoming): boolean =>
  watch.length === 0 ||
  messageKind === 'direct' ||
  watch.some((word) => text.toLowerCase().includes(word.toLowerCase()));

async function stored(tx: ScopedTransaction, { channel }: Intake, key: string) {
  return tx
    .selectFrom('channel_message')
    .selectAll()
    .where('region_id', '=', channel.region)
    .where('channel_id', '=', channel.id)
    .where('key', '=', key)
    .executeTakeFirst();
}

async function remember(tx: ScopedTransaction, { channel }: Intake, message: Incoming, text: string) {
  const { key, thread, at, target } = message;
  const row = { region_id: channel.region, channel_id: channel.id, key, thread, at, text };
  await tx
    .insertInto('channel_message')
    .values({ ...row, target: JSON.stringify(target) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function change(
  tx: ScopedTransaction,
  { channel }: Intake,
  key: string,
  fields: { incident_id?: string; edited_text?: string; deleted_at?: Instant },
): Promise<void> {
  await tx
    .updateTable('channel_message')
    .set(fields)
    .where('region_id', '=', channel.region)
    .where('channel_id', '=', channel.id)
    .where('key', '=', key)
    .execute();
}

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

/** The incident this author's earlier words under the same post became. */
async function incidentOf(
  tx: ScopedTransaction,
  { channel }: Intake,
  thread: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('channel_message')
    .select('incident_id')
    .where('region_id', '=', channel.region)
    .where('channel_id', '=', channel.id)
    .where('thread', '=', thread)
    .where('incident_id', 'is not', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.incident_id ?? null;
}

async function takeMessage(tx: ScopedTransaction, intake: Intake, raw: Incoming): Promise<Taken> {
  const { channel, now } = intake;
  // A network's clock may be ahead, and a year 2100 is somebody's joke: nothing is later than its arrival.
  const at = Math.max(EARLIEST, Math.min(Math.trunc(raw.at), now));
  const message = { ...raw, at };
  const text = cleanText(message.text);
  const known = await stored(tx, intake, message.key);
  if (known !== undefined && known.incident_id !== null)
    return nothing('done', 'duplicate', known.incident_id);
  await remember(tx, intake, message, text);
  if (!isWatched(channel, message)) return nothing('logged', 'no_watch_word');
  const incident = await incidentOf(tx, intake, message.thread);
  const id = incident ?? uuidv7();
  await carryOut(
    tx,
    intake,
    id,
    incident === null ? registration(channel, message, text) : followUp(message, text),
  );
  await change(tx, intake, message.key, { incident_id: id });
  return {
    state: 'done',
    reason: text.length > MAX_TEXT ? 'cut' : null,
    incident: id,
    isNew: known === undefined,
  };
}

const followUp = ({ at, url }: Incoming, text: string): Command => ({
  name: 'receiveMessage',
  args: { text: text.slice(0, MAX_TEXT).toWellFormed(), at, url },
});

function registration(channel: Channel, message: Incoming, text: string): Command {
  const { network, messageKind: kind, url, placeUrl, hasMedia, author, at } = message;
  return {
    name: 'register',
    args: {
      region: channel.region,
      createdAt: at,
      text: text.slice(0, MAX_TEXT).toWellFormed(),
      source: { network, kind, url, placeUrl, audience: null, engagement: null, hasMedia },
      author: { name: cleanText(author.name).slice(0, 500), url: author.url },
    },
  };
}

async function takeEdit(tx: ScopedTransaction, intake: Intake, message: Incoming): Promise<Taken> {
  const known = await stored(tx, intake, message.key);
  if (known === undefined || known.incident_id === null) return takeMessage(tx, intake, message);
  const text = cleanText(message.text);
  if (text === (known.edited_text ?? known.text)) return nothing('done', 'duplicate', known.incident_id);
  await change(tx, intake, message.key, { edited_text: text });
  const note = `Автор изменил сообщение. Теперь: «${text.slice(0, MAX_QUOTE).toWellFormed()}»`;
  await carryOut(tx, intake, known.incident_id, { name: 'note', args: { text: note } });
  return nothing('done', null, known.incident_id);
}

async function takeDeletion(tx: ScopedTransaction, intake: Intake, key: string): Promise<Taken> {
  const known = await stored(tx, intake, key);
  if (known === undefined) return nothing('logged', 'never_seen');
  if (known.deleted_at !== null) return nothing('done', 'duplicate', known.incident_id);
  await change(tx, intake, key, { deleted_at: intake.now });
  if (known.incident_id === null) return nothing('done', null);
  const text = 'Сообщение удалено в сети; наша копия сохранена.';
  await carryOut(tx, intake, known.incident_id, { name: 'note', args: { text } });
  return nothing('done', null, known.incident_id);
}

import { beginClient } from './begin-client.ts';
import { answered, type Answer } from './failure.ts';
import type { SyncPorts } from './ports.ts';
import type { JournalEntry, PendingCommand } from './sync-store.ts';
import { touchesOf } from './touches.ts';

/** Ids asked about at a time (`knownRequestSchema`). */
const ASKED = 1000;

/**
 * Puts what the API had accepted, and has lost since its database was put back to an earlier moment, into the
 * outbox again: before what is there, in the old order and under the same ids. All of it may wait for
 * consoles that have not come back yet. Done once more after a crash it changes nothing. A copy that is not
 * complete does not know what it was of, but its journal does. `isAnother`: the API is known to be put back.
 */
export async function offerAgain(ports: SyncPorts, isAnother: boolean): Promise<Answer<null>> {
  const entries = await ports.journal.read();
  const accepted = entries.filter(({ known, actor }) => known === 'accepted' && actor === ports.actor.id);
  const shown = await ports.store.notAccepted();
  const known = await knownOf(
    ports,
    [...accepted, ...shown].map(({ id }) => id),
  );
  if (!known.ok) return known;
  const wrong = shown.filter(({ id }) => known.value.has(id)).map(({ id }) => id);
  await takeBackRefusals(ports, wrong, entries);
  const lost = accepted.filter(({ id }) => !known.value.has(id));
  await ports.exclusive(async () => {
    const outbox = await ports.store.outbox();
    const held = new Set(outbox.map(({ id }) => id));
    const offered: PendingCommand[] = [];
    for (const entry of lost) if (!held.has(entry.id)) offered.push(await offeredOf(ports, entry));
    if (isAnother || offered.length > 0)
      await beginClient(ports, [...offered, ...outbox.map((item) => mayWait(item, null))]);
  });
  if (lost.length > 0) ports.onTrouble({ kind: 'put_back', offered: lost.length });
  return answered(null);
}

/**
 * Takes back what was told as refused and is in effect: the refusal was lost with the newest part of the
 * database, and an earlier push of the command, late on the line, came after that.
 */
async function takeBackRefusals(
  ports: SyncPorts,
  ids: readonly string[],
  entries: readonly JournalEntry[],
): Promise<void> {
  for (const id of ids) {
    await ports.store.dismissNotAccepted(id);
    const clientId = entries.find((entry) => entry.id === id)?.clientId;
    if (clientId !== undefined)
      await ports.journal.noteEnds([id], 'accepted', clientId).catch(() => undefined);
  }
}

/** An API of an earlier release cannot tell; then all is offered, and it answers what it knows as stored. */
async function knownOf(ports: SyncPorts, ids: readonly string[]): Promise<Answer<ReadonlySet<string>>> {
  const known = new Set<string>();
  for (let from = 0; from < ids.length; from += ASKED) {
    const answer = await ports.transport.known(ids.slice(from, from + ASKED));
    if (answer.ok) for (const id of answer.value) known.add(id);
    else if (answer.failure.kind !== 'nonsense') return answer;
  }
  return answered(known);
}

async function offeredOf(ports: SyncPorts, entry: JournalEntry): Promise<PendingCommand> {
  const { clientId: _clientId, known: _known, ...item } = entry;
  const isRegistration = item.name.startsWith('register@');
  const view = isRegistration ? await ports.store.view(item.incident) : null;
  return mayWait({ ...item, state: 'queued' }, view?.number ?? null);
}

/** Marks a command that may depend on what others are still to offer. */
const mayWait = (item: PendingCommand, number: number | null): PendingCommand =>
  item.again === undefined ? { ...item, again: { upon: item.confirmed ?? 0, behind: false, number } } : item;

/**
 * Marks what is to wait because an earlier command about something it touches does.
 */
export function behindWaiting(outbox: readonly PendingCommand[]): readonly PendingCommand[] {
  const waiting = new Set<string>();
  return outbox.map((item) => {
    if (item.state === 'waiting') waiting.add(item.incident);
    const isBehind = touchesOf(item).some((id) => waiting.has(id));
    if (!isBehind || item.state !== 'queued') return item;
    const { upon, number } = item.again ?? { upon: 0, number: null };
    return { ...item, again: { upon, number, behind: true } };
  });
}

/** True when something arrived that a waiting command may have waited for. */
export const isHelped = (
  outbox: readonly PendingCommand[],
  arrived: { readonly incidents: ReadonlySet<string>; readonly reference: boolean },
): boolean =>
  outbox.some(
    (item) =>
      item.state === 'waiting' &&
      (arrived.reference || touchesOf(item).some((id) => arrived.incidents.has(id))),
  );

/**
 * Has everything that waits sent once more, under a new client id and in its order. To be called inside
 * `exclusive`. Gives false when nothing waits.
 */
export async function sendWaiting(ports: SyncPorts): Promise<boolean> {
  const outbox = await ports.store.outbox();
  if (!outbox.some(({ state }) => state === 'waiting')) return false;
  await beginClient(ports, outbox, true);
  return true;
}

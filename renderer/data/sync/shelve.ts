import type { Envelope } from '#shared/protocol/envelope.ts';
import { beginClient } from './begin-client.ts';
import { NOTHING, rowsStep } from './local-step.ts';
import type { OutcomeMemory } from './outcome-memory.ts';
import { incidentsOf } from './pending-records.ts';
import type { SyncPorts } from './ports.ts';
import { mayBeItsFault, type PushTrouble, SHELVE_AFTER } from './push-trouble.ts';
import { sendCommands } from './send-commands.ts';
import { envelopeOf } from './stand-in.ts';
import type { PendingCommand } from './sync-store.ts';
import { touchesOf, withBehind } from './touches.ts';

/** Other commands that are tried before the API is believed to answer none at all. */
const OTHERS = 3;

/**
 * Shelves a command that was tried alone often enough, once another one is answered. Gives false when it was
 * not, and when none is: then the API is at fault, and nothing is put aside.
 */
export async function shelveIfOthersPass(
  ports: SyncPorts,
  memory: OutcomeMemory,
  trouble: PushTrouble,
  suspect: PendingCommand,
): Promise<boolean> {
  const attempts = trouble.attempts(suspect.id);
  if (attempts < SHELVE_AFTER || !(await doOthersPass(ports, memory, trouble, suspect))) return false;
  const shelved = { attempts, status: trouble.status };
  trouble.shelved();
  await changeOutbox(ports, (items) =>
    items.map((item) => (item.id === suspect.id ? { ...item, state: 'shelved', shelved } : item)),
  );
  return true;
}

/**
 * Asks whether another command is answered, under a client id used for nothing else: its own number is the
 * next one and may not be skipped. A command is known by its id, so one that is decided this way is answered
 * as stored when its turn comes. Where nothing else waits, a command that means nothing is sent; that proves
 * little, and so nothing while others are shelved and no work has been answered since.
 */
async function doOthersPass(
  ports: SyncPorts,
  memory: OutcomeMemory,
  trouble: PushTrouble,
  suspect: PendingCommand,
): Promise<boolean> {
  const outbox = await ports.store.outbox();
  const others = othersOf(suspect, outbox);
  const mayProbe = trouble.isWorkAnswered || !outbox.some(({ state }) => state === 'shelved');
  if (others.length === 0) return mayProbe && (await isAnswered(ports, memory, probe(ports, suspect)));
  for (const other of others)
    if (await isAnswered(ports, memory, { ...envelopeOf(other), seq: 1 })) return true;
  return false;
}

/** Commands that have nothing to do with the suspect nor with each other. */
function othersOf(suspect: PendingCommand, outbox: readonly PendingCommand[]): readonly PendingCommand[] {
  const touched = new Set(touchesOf(suspect));
  const others: PendingCommand[] = [];
  for (const item of outbox) {
    const ids = touchesOf(item);
    const isFree = !ids.some((id) => touched.has(id));
    for (const id of ids) touched.add(id);
    if (isFree && item.state === 'queued' && item.actor === suspect.actor) others.push(item);
    if (others.length === OTHERS) break;
  }
  return others;
}

const probe = (ports: SyncPorts, { actor, incident, at }: PendingCommand): Envelope => ({
  id: ports.newId(),
  seq: 1,
  actor,
  incident,
  name: 'probe@1',
  args: null,
  at,
  baseVersion: 0,
});

async function isAnswered(ports: SyncPorts, memory: OutcomeMemory, envelope: Envelope): Promise<boolean> {
  const answer = await sendCommands(ports, ports.newId(), [envelope]);
  if (answer.ok) memory.remember(answer.value.outcomes);
  return answer.ok || !mayBeItsFault(answer.failure);
}

/** Changes states in the outbox; what depends on shelved commands follows them, and all is numbered anew. */
async function changeOutbox(
  ports: SyncPorts,
  change: (items: readonly PendingCommand[]) => readonly PendingCommand[],
): Promise<void> {
  await ports.exclusive(async () => {
    const before = await ports.store.outbox();
    await beginClient(ports, withBehind(change(before)), true);
    const items = await ports.store.outbox();
    const touched = incidentsOf(items);
    await ports.store.apply({ ...NOTHING, ...(await rowsStep(ports, new Map(), touched, items)) });
  });
}

/** Has a shelved command sent again, with what waits behind it. */
export const retryShelved = (ports: SyncPorts, id: string): Promise<void> =>
  release(ports, id, ({ shelved: _shelved, ...item }) => ({ ...item, state: 'queued' }));

/**
 * Takes a shelved command back: the API is told that nothing is to come of its id. Should it have been
 * carried out long ago, its answer lost, the API says so, and it stands.
 */
export const withdrawShelved = (ports: SyncPorts, id: string): Promise<void> =>
  release(ports, id, ({ shelved: _shelved, ...item }) => ({ ...item, state: 'withdrawn' }));

const release = (
  ports: SyncPorts,
  id: string,
  released: (item: PendingCommand) => PendingCommand,
): Promise<void> =>
  changeOutbox(ports, (items) =>
    items.map((item) => (item.id === id && item.state === 'shelved' ? released(item) : item)),
  );

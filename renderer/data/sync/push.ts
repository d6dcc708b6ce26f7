import { LIMITS } from '#shared/protocol/version.ts';
import type { Envelope, PushResponse } from '#shared/protocol/envelope.ts';
import { beginClient } from './begin-client.ts';
import type { Failure } from './failure.ts';
import type { OutcomeMemory } from './outcome-memory.ts';
import type { SyncPorts } from './ports.ts';
import { rowsStep, NOTHING } from './local-step.ts';
import { incidentsOf } from './pending-records.ts';
import { behindWaiting } from './offer-again.ts';
import { PushTrouble } from './push-trouble.ts';
import { sendCommands } from './send-commands.ts';
import { shelveIfOthersPass } from './shelve.ts';
import { envelopeOf, standIn, withdrawal } from './stand-in.ts';
import type { PendingCommand } from './sync-store.ts';

/**
 * `idle`: nothing to send. `sent`: go on. `renewed`: our count and the API's had parted; a new client id was
 * begun.
 */
export type Pushed =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sent'; readonly more: boolean }
  | { readonly kind: 'renewed' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Pushes the oldest commands that have no outcome yet, at most 50 and at most what a body may hold. */
export async function pushOnce(
  ports: SyncPorts,
  memory: OutcomeMemory,
  trouble = new PushTrouble(),
): Promise<Pushed> {
  const [{ clientId }, outbox] = await ports.exclusive(
    async () => [await ports.store.meta(), await ports.store.outbox()] as const,
  );
  const waiting = behindWaiting(outbox).filter(
    (item) => item.actor === ports.actor.id && isWaiting(item, memory),
  );
  const [first] = waiting;
  if (first === undefined) return { kind: 'idle' };
  if (await shelveIfOthersPass(ports, memory, trouble, first)) return { kind: 'renewed' };
  const batch = firstBatch(waiting.slice(0, trouble.limit));
  const pushed = await pushItems(ports, memory, clientId, batch, waiting.length);
  if (pushed.kind === 'sent') trouble.answered();
  else if (pushed.kind === 'failed') trouble.failed(batch, pushed.failure);
  return pushed;
}

/** A quarantined or withdrawn command waits until its stand-in has been refused. */
const isWaiting = (item: PendingCommand, memory: OutcomeMemory): boolean =>
  item.state === 'queued' || (hasStandIn(item) && memory.get(item.id) === undefined);

const hasStandIn = ({ state }: PendingCommand): boolean => state === 'quarantined' || state === 'withdrawn';

function sentAs(item: PendingCommand): Envelope {
  if (item.state === 'withdrawn') return withdrawal(item);
  return item.state === 'quarantined' ? standIn(item, 400) : envelopeOf(item);
}

/**
 * As many as fit: the API reads bodies up to a limit, and one long reply must not take its neighbours with
 * it.
 */
function firstBatch<T extends Pick<PendingCommand, 'args'>>(items: readonly T[]): readonly T[] {
  const batch: T[] = [];
  let bytes = 0;
  for (const item of items.slice(0, LIMITS.pushCommands)) {
    bytes += JSON.stringify(item.args ?? null).length * 3;
    if (batch.length > 0 && bytes > LIMITS.bodyBytes / 2) break;
    batch.push(item);
  }
  return batch;
}

async function pushItems(
  ports: SyncPorts,
  memory: OutcomeMemory,
  clientId: string,
  batch: readonly PendingCommand[],
  waiting: number,
): Promise<Pushed> {
  const commands = batch.map(sentAs);
  const answer = await sendCommands(ports, clientId, commands);
  if (answer.ok) return noteOutcomes(ports, memory, clientId, commands, answer.value, waiting);
  const { failure } = answer;
  if (failure.kind === 'gap') return onGap(ports, clientId, failure.expected);
  if (failure.kind !== 'unreadable') return { kind: 'failed', failure };
  return isolate(ports, memory, clientId, batch, failure.status);
}

/**
 * Notes the outcomes. Ours is matched by id, never by seq: an outcome of an older client id carries the seq
 * it had there.
 */
async function noteOutcomes(
  ports: SyncPorts,
  memory: OutcomeMemory,
  clientId: string,
  commands: readonly Envelope[],
  response: PushResponse,
  waiting: number,
): Promise<Pushed> {
  const answeredIds = new Set(response.outcomes.map(({ id }) => id));
  const waits = new Set(response.outcomes.filter(({ status }) => status === 'waits').map(({ id }) => id));
  memory.remember(response.outcomes);
  // A database that was put back has lost the outcome it had once told.
  memory.forget([...waits]);
  const counted = commands.filter(({ id }) => answeredIds.has(id)).map(({ id }) => id);
  await ports.exclusive(async () => {
    if ((await ports.store.meta()).clientId !== clientId) return;
    const stoodIn = new Set((await ports.store.outbox()).filter(hasStandIn).map(({ id }) => id));
    await ports.store.markOutbox(
      counted.filter((id) => !stoodIn.has(id) && !waits.has(id)),
      'sent',
    );
    if (waits.size > 0) await ports.store.markOutbox([...waits], 'waiting');
  });
  if (response.gap !== null) return onGap(ports, clientId, response.gap);
  // Silence about a command up to `lastSeq`: another command has its number on the API, as when a restored
  // copy counted again.
  if (commands.some(({ id, seq }) => !answeredIds.has(id) && seq <= response.lastSeq))
    return renew(ports, clientId);
  if (counted.length === 0)
    return { kind: 'failed', failure: { kind: 'nonsense', message: 'a push without outcomes' } };
  return { kind: 'sent', more: waiting > counted.length };
}

/**
 * The API expects `expected` next. What we still have is sent again from there; what we no longer have cannot
 * be.
 */
async function onGap(ports: SyncPorts, clientId: string, expected: number | null): Promise<Pushed> {
  const outbox = await ports.store.outbox();
  const again = outbox
    .filter(({ seq, state }) => expected !== null && seq >= expected && state === 'sent')
    .map(({ id }) => id);
  if (again.length > 0 && outbox.some(({ seq }) => seq === expected)) {
    await ports.exclusive(() => ports.store.markOutbox(again, 'queued'));
    return { kind: 'sent', more: true };
  }
  return renew(ports, clientId);
}

/** Numbers can never be reused, so the outbox goes on under a new client id with the same command ids. */
async function renew(ports: SyncPorts, clientId: string): Promise<Pushed> {
  await ports.exclusive(async () => {
    const [meta, outbox] = [await ports.store.meta(), await ports.store.outbox()];
    if (meta.clientId === clientId) await beginClient(ports, outbox);
  });
  return { kind: 'renewed' };
}

/**
 * Halves the batch until the API reads it; a single one it cannot read is quarantined, and the rest goes on
 * around it.
 */
async function isolate(
  ports: SyncPorts,
  memory: OutcomeMemory,
  clientId: string,
  batch: readonly PendingCommand[],
  status: number,
): Promise<Pushed> {
  const [only] = batch;
  if (batch.length === 1 && only !== undefined) return quarantine(ports, memory, clientId, only, status);
  return pushItems(
    ports,
    memory,
    clientId,
    batch.slice(0, Math.ceil(batch.length / 2)),
    Number.MAX_SAFE_INTEGER,
  );
}

async function quarantine(
  ports: SyncPorts,
  memory: OutcomeMemory,
  clientId: string,
  item: PendingCommand,
  status: number,
): Promise<Pushed> {
  if (hasStandIn(item))
    return { kind: 'failed', failure: { kind: 'nonsense', message: `a stand-in was answered ${status}` } };
  await ports.exclusive(async () => {
    await ports.store.markOutbox([item.id], 'quarantined');
    await ports.store.apply({
      ...NOTHING,
      ...(await rowsStep(ports, new Map(), incidentsOf([item]), await ports.store.outbox())),
    });
  });
  const answer = await sendCommands(ports, clientId, [standIn(item, status)]);
  if (!answer.ok)
    return answer.failure.kind === 'gap'
      ? onGap(ports, clientId, answer.failure.expected)
      : { kind: 'failed', failure: answer.failure };
  return noteOutcomes(
    ports,
    memory,
    clientId,
    [standIn(item, status)],
    answer.value,
    Number.MAX_SAFE_INTEGER,
  );
}

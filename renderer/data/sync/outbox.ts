import type { IncidentCommand } from '#shared/domain/command.ts';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { isUndoableAct } from '#shared/domain/undo.ts';
import { isRecordCommand, type RecordCommand } from '#shared/domain/record.ts';
import { commandKey, type Command } from '#shared/protocol/command-versions.ts';
import { stampAct } from './act-moments.ts';
import { journalFailed } from './journal-trouble.ts';
import type { SyncPorts } from './ports.ts';
import { shownRowsOf, type ShownRows } from './pending-records.ts';
import type { Enqueued, PendingCommand } from './sync-store.ts';
import { isAside, isBehind } from './touches.ts';

/**
 * One command of a gesture. `id` is the incident's or the record's; '' of a `register` asks for a new one.
 */
export interface GesturePart {
  readonly id: string;
  readonly command: Command;
}

/** The fate of a gesture's other commands when one is refused: none of them is done, or all that can be. */
export type OnRefusal = 'none' | 'rest';

/**
 * `incident` is the id the command went to: for `register` without one a new one, a record's for a command
 * about one.
 */
export type Dispatched =
  | { readonly ok: true; readonly id: string; readonly incident: string; readonly canUndo: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Does what the operator wishes by one gesture, here and now: decides on the local copy, each command knowing
 * those before it, stores commands and views in one transaction and the commands once more in the journal.
 * Resolves with an answer for every part when both are on disk. A refusal is known at once and leaves nothing
 * behind; where it ends the gesture, all parts answer with it. A journal that fails is told as trouble and
 * not as a failure: the commands are stored, and trying again would do them twice.
 */
export async function dispatchTogether(
  ports: SyncPorts,
  parts: readonly GesturePart[],
  onRefusal: OnRefusal,
): Promise<readonly Dispatched[]> {
  return ports.exclusive(async () => {
    const { clientId } = await ports.store.meta();
    const views: Views = { incidents: new Map(), records: null };
    const decided: Decided[] = [];
    for (const part of parts) {
      const ruling = await decidePart(ports, part, views);
      if (!ruling.ok && onRefusal === 'none') return parts.map(() => ruling);
      decided.push(ruling);
    }
    const entries = withBehind(
      await ports.store.outbox(),
      decided.flatMap((ruling) => (ruling.ok ? [ruling.entry] : [])),
    );
    const items = entries.length === 0 ? [] : await ports.store.enqueue(entries);
    await journal(ports, items, clientId);
    return decided.map((ruling) => (ruling.ok ? actedOf(ruling.entry, views) : ruling));
  });
}

/** Marks those that depend on what stands aside, or on each other's waiting. */
function withBehind(outbox: readonly PendingCommand[], entries: readonly Enqueued[]): readonly Enqueued[] {
  const aside = outbox.filter(isAside);
  return entries.map((entry) => {
    if (!isBehind(entry.item, aside)) return entry;
    aside.push({ ...entry.item, seq: 0, state: 'behind' });
    return { ...entry, isBehind: true };
  });
}

/** Incidents and records as the gesture's earlier commands have made them. */
interface Views {
  readonly incidents: Map<string, Incident | null>;
  /** Read by the first command about a record. */
  records: ShownRows | null;
}

type Refused = { readonly ok: false; readonly refusal: Refusal };
type Decided = { readonly ok: true; readonly entry: Enqueued } | Refused;

function actedOf({ item: { id, incident } }: Enqueued, views: Views): Dispatched {
  return { ok: true, id, incident, canUndo: isUndoableAct(views.incidents.get(incident) ?? null, id) };
}

async function decidePart(
  ports: SyncPorts,
  { id: wanted, command }: GesturePart,
  views: Views,
): Promise<Decided> {
  const incident = command.name === 'register' && wanted === '' ? ports.newId() : wanted;
  const [id, stamp] = [ports.newId(), await stampAct(ports)];
  const before = isRecordCommand(command) ? null : await viewIn(views, ports, incident);
  const decided = isRecordCommand(command)
    ? await decideRecordHere(ports, incident, command, stamp.at, views)
    : await decideHere(ports, incident, before, command, { id, at: stamp.at }, views);
  if (!decided.ok) return decided;
  if (decided.view !== null) views.incidents.set(incident, decided.view);
  const item = {
    id,
    actor: ports.actor.id,
    incident,
    name: commandKey(command.name),
    args: command.args,
    ...stamp,
    ...(isRecordCommand(command) ? {} : { confirmed: await confirmedVersion(ports, incident) }),
    baseVersion: before?.version ?? 0,
  };
  return { ok: true, entry: { item, view: decided.view, base: before } };
}

/** Version of the incident as the API has it for all this console knows: own pending acts do not count. */
async function confirmedVersion({ store }: SyncPorts, incident: string): Promise<number> {
  const base = await store.base(incident);
  const confirmed = base === undefined ? await store.view(incident) : base;
  return confirmed?.version ?? 0;
}

async function decideRecordHere(
  ports: SyncPorts,
  id: string,
  command: RecordCommand,
  at: Instant,
  views: Views,
): Promise<{ readonly ok: true; readonly view: null } | Refused> {
  views.records ??= await shownRowsOf(ports);
  const decision = views.records.decide(id, command, at);
  return decision.ok ? { ok: true, view: null } : decision;
}

async function viewIn(views: Views, { store }: SyncPorts, id: string): Promise<Incident | null> {
  return views.incidents.get(id) ?? (await store.view(id));
}

async function decideHere(
  ports: SyncPorts,
  incident: string,
  before: Incident | null,
  command: IncidentCommand,
  item: Pick<PendingCommand, 'id' | 'at'>,
  views: Views,
): Promise<{ readonly ok: true; readonly view: Incident | null } | Refused> {
  const target = command.name === 'merge' ? await viewIn(views, ports, command.args.into) : null;
  const decision = decide(
    incident,
    before,
    command,
    makeDecideContext(await ports.contexts.settings(), {
      actor: ports.actor,
      at: item.at,
      command: item.id,
      target,
    }),
  );
  return decision.ok ? { ok: true, view: evolveAll(incident, before, decision.events) } : decision;
}

async function journal(ports: SyncPorts, items: readonly PendingCommand[], clientId: string): Promise<void> {
  try {
    await ports.journal.append(items, clientId);
  } catch (error) {
    ports.onTrouble(journalFailed(error));
  }
}

import type { IncidentCommand } from '#shared/domain/command.ts';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { isNewestAct } from '#shared/domain/undo.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import { commandKey, type Command } from '#shared/protocol/command-versions.ts';
import { journalFailed } from './journal-trouble.ts';
import type { SyncPorts } from './ports.ts';
import { decidePending } from './pending-records.ts';
import type { PendingCommand } from './sync-store.ts';

/**
 * `incident` is the id the command went to: for `register` without one a new one, a record's for a command
 * about one.
 */
export type Dispatched =
  | { readonly ok: true; readonly id: string; readonly incident: string; readonly canUndo: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Does what the operator wishes, here and now: decides on the local copy, stores command and view in one
 * transaction and the command once more in the journal. Resolves when both are on disk. A refusal is known at
 * once and leaves nothing behind. A journal that fails is told as trouble and not as a failure: the command
 * is stored, and trying again would do it twice.
 */
export async function dispatch(ports: SyncPorts, incidentId: string, command: Command): Promise<Dispatched> {
  return ports.exclusive(async () => {
    const incident = command.name === 'register' && incidentId === '' ? ports.newId() : incidentId;
    const { clientId, clockOffset } = await ports.store.meta();
    const [id, at] = [ports.newId(), ports.now() + clockOffset];
    const before = isRecordCommand(command) ? null : await ports.store.view(incident);
    const decided = isRecordCommand(command)
      ? await decidePending(ports, incident, command)
      : await decideHere(ports, incident, before, command, { id, at });
    if (!decided.ok) return decided;
    const item = await ports.store.enqueue(
      {
        id,
        actor: ports.actor.id,
        incident,
        name: commandKey(command.name),
        args: command.args,
        at,
        baseVersion: before?.version ?? 0,
      },
      decided.view,
      before,
    );
    await journal(ports, item, clientId);
    return { ok: true, id: item.id, incident, canUndo: isNewestAct(decided.view, item.id) };
  });
}

type Decided =
  | { readonly ok: true; readonly view: Incident | null }
  | { readonly ok: false; readonly refusal: Refusal };

async function decideHere(
  ports: SyncPorts,
  incident: string,
  before: Incident | null,
  command: IncidentCommand,
  item: Pick<PendingCommand, 'id' | 'at'>,
): Promise<Decided> {
  const target = command.name === 'merge' ? await ports.store.view(command.args.into) : null;
  const decision = decide(
    incident,
    before,
    command,
    makeDecideContext(await ports.contexts.facts(), {
      actor: ports.actor,
      at: item.at,
      command: item.id,
      target,
    }),
  );
  return decision.ok ? { ok: true, view: evolveAll(incident, before, decision.events) } : decision;
}

async function journal(ports: SyncPorts, item: PendingCommand, clientId: string): Promise<void> {
  try {
    await ports.journal.append(item, clientId);
  } catch (error) {
    ports.onTrouble(journalFailed(error));
  }
}

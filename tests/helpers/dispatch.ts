import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import { dispatchTogether, type Dispatched } from '#renderer/data/sync/outbox.ts';
import type { SyncPorts } from '#renderer/data/sync/ports.ts';
import type { Enqueued, PendingCommand, SyncStore } from '#renderer/data/sync/sync-store.ts';

/** Does what an operator wishes by a gesture of one command. */
export async function dispatch(ports: SyncPorts, id: string, command: Command): Promise<Dispatched> {
  const [dispatched] = await dispatchTogether(ports, [{ id, command }], 'none');
  return must(dispatched, 'an answer for the command');
}

/** Stores a gesture of one command. */
export async function enqueue(
  store: SyncStore,
  item: Enqueued['item'],
  view: Incident | null,
  base: Incident | null,
): Promise<PendingCommand> {
  const [stored] = await store.enqueue([{ item, view, base }]);
  return must(stored, 'the stored command');
}

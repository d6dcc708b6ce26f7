import type { SyncPorts } from './ports.ts';
import type { PendingCommand } from './sync-store.ts';
import { journalFailed } from './journal-trouble.ts';

/**
 * Goes on under a new client id with these commands, ids unchanged, own ones first. The ids make it safe: a
 * command the API has decided under the old client id is answered with its stored outcome. All are sent, also
 * what waited there: left out, it would be a gap in the new numbers. To be called inside `exclusive`.
 * `isSameDatabase`: the API's database is the one that confirmed what the commands name.
 */
export async function beginClient(
  ports: SyncPorts,
  items: readonly PendingCommand[],
  isSameDatabase = false,
): Promise<void> {
  const clientId = ports.newId();
  const isOwn = (item: PendingCommand): boolean => item.actor === ports.actor.id;
  const ordered = [...items.filter(isOwn), ...items.filter((item) => !isOwn(item))];
  await ports.store.adoptClient(
    clientId,
    // Versions that a database confirmed which may be no more say nothing of the one that is there now.
    ordered.map(({ seq: _seq, confirmed, ...item }) => ({
      ...item,
      ...(isSameDatabase && confirmed !== undefined ? { confirmed } : {}),
      state: item.state === 'sent' || item.state === 'waiting' ? 'queued' : item.state,
    })),
  );
  try {
    // The journal's newest line of a command is the one that counts, so the order survives a later loss of
    // the database.
    await ports.journal.append(await ports.store.outbox(), clientId);
  } catch (error) {
    ports.onTrouble(journalFailed(error));
  }
}

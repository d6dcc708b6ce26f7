import { must } from '#shared/domain/must.ts';
import { isUndoableAct } from '#shared/domain/undo.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import type { DoneBefore, ServiceOf } from '#renderer/data/rpc/method-table.ts';
import type { CommandResult, OWNER_METHODS } from './console-store.ts';
import type { DexieSyncStore } from './dexie-sync-store.ts';

type OwnerService = ServiceOf<typeof OWNER_METHODS>;

/** Finds a command that was stored at or after `since` (Unix ms of this machine); null when there is none. */
async function findDispatched(
  store: DexieSyncStore,
  since: number,
  incident: string,
  command: Command,
): Promise<CommandResult | null> {
  const { clockOffset } = await store.meta();
  const args = JSON.stringify(command.args);
  const found = (await store.outbox()).find(
    (item) =>
      (item.incident === incident || command.name === 'register') &&
      item.name.startsWith(`${command.name}@`) &&
      item.at >= since + clockOffset &&
      JSON.stringify(item.args) === args,
  );
  if (found === undefined) return null;
  const canUndo = isUndoableAct(await store.view(found.incident), found.id);
  return { ok: true, id: found.incident, undo: canUndo ? found.id : null };
}

/** Finds, for a window whose owner died before it could reply, the commands that owner had stored. */
export const doneBefore = (
  store: DexieSyncStore,
  service: Pick<OwnerService, 'dispatchTogether'>,
): DoneBefore<typeof OWNER_METHODS> => ({
  dispatch: (since, incident, command) => findDispatched(store, since, incident, command),
  /** Of a gesture whose commands are independent, those that are missing are done now. */
  dispatchTogether: async (since, parts, onRefusal) => {
    const known = await Promise.all(
      parts.map(({ id, command }) => findDispatched(store, since, id, command)),
    );
    if (known.every((result) => result === null)) return null;
    // Stored whole or not at all: what is missing has left the outbox already.
    if (onRefusal === 'none')
      return known.map((result, index) => result ?? { ok: true, id: parts[index]?.id ?? '', undo: null });
    const missing = parts.filter((_, index) => known[index] === null);
    const results = [...(await service.dispatchTogether(missing, onRefusal))];
    return known.map((result) => result ?? must(results.shift(), 'a result for each command'));
  },
});

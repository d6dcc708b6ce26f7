import type { Dexie, Table } from 'dexie';
import type { Incident } from '#shared/domain/incident.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { NOTHING_DOWNLOADED } from '#renderer/data/sync/bootstrap.ts';
import type { Applied, NotAccepted, PendingCommand, SyncMeta } from '#renderer/data/sync/sync-store.ts';

const META = 'sync';
/** Names this very database; another one, or none, says that the browser threw it away meanwhile. */
const BIRTH = 'birth';

/** An incident as the centre confirmed it, while commands of this workstation lie on top; null: not there. */
interface Base {
  readonly id: string;
  readonly base: Incident | null;
}

/** Tables of what the sync engine keeps beside incidents. */
interface SyncTables {
  readonly outbox: Table<PendingCommand, string>;
  readonly base: Table<Base, string>;
  readonly notAccepted: Table<NotAccepted, string>;
  readonly reference: Table<ReferenceRow, [string, string]>;
  readonly meta: Table<SyncMeta, string>;
}

export const tablesOf = (db: Dexie): SyncTables => ({
  outbox: db.table('outbox'),
  base: db.table('base'),
  notAccepted: db.table('notAccepted'),
  reference: db.table('reference'),
  meta: db.table('meta'),
});

/** The part of these tables that the owner keeps in memory. */
export interface KeptSync {
  readonly meta: SyncMeta;
  readonly outbox: readonly PendingCommand[];
  readonly bases: readonly Base[];
}

/** Null in a database that was never used. */
export async function readKept(db: Dexie): Promise<KeptSync | null> {
  const tables = tablesOf(db);
  const [meta, outbox, bases] = await db.transaction('r', [tables.meta, tables.outbox, tables.base], () =>
    Promise.all([tables.meta.get(META), tables.outbox.orderBy('seq').toArray(), tables.base.toArray()]),
  );
  return meta === undefined ? null : { meta, outbox, bases };
}

const birthsOf = (db: Dexie): Table<string, string> => db.table('meta');

/** Gives the name of this very database, and the one in `newId` to a database that has none. */
export async function birthOf(db: Dexie, newId: () => string): Promise<string> {
  const known = await birthsOf(db).get(BIRTH);
  if (known !== undefined) return known;
  const birth = newId();
  await birthsOf(db).put(birth, BIRTH);
  return birth;
}

/** Tells whether this is still the database of that name. */
export const isOfBirth = async (db: Dexie, birth: string): Promise<boolean> =>
  (await birthsOf(db).get(BIRTH)) === birth;

/**
 * Writes what the owner has in memory into a database that was emptied; `meta` is as it is from now on. To be
 * called in a transaction.
 */
export async function writeWhole(
  db: Dexie,
  birth: string,
  { meta, outbox }: Omit<KeptSync, 'bases'>,
): Promise<void> {
  const tables = tablesOf(db);
  await Promise.all([
    birthsOf(db).put(birth, BIRTH),
    tables.meta.put(meta, META),
    tables.outbox.bulkPut([...outbox]),
  ]);
}

/** Writes the beginnings of a client that has nothing yet. */
export async function writeFirstMeta(db: Dexie, clientId: string): Promise<KeptSync> {
  const meta: SyncMeta = {
    clientId,
    nextSeq: 1,
    epoch: null,
    scopeHash: '',
    clockOffset: 0,
    ...NOTHING_DOWNLOADED,
  };
  await tablesOf(db).meta.add(meta, META);
  return { meta, outbox: [], bases: [] };
}

/** Changes of one transaction; a part that is left out stays. `outbox` is the whole of it as it will be. */
export type SyncChange = Partial<Omit<Applied, 'leave'>> & { readonly outbox?: readonly PendingCommand[] };

/** Incidents whose base goes: nothing of this workstation lies on top of them any more. */
export const basesGone = ({ withoutPending = [], gone = [] }: SyncChange): readonly string[] => [
  ...withoutPending,
  ...gone,
];

export async function writeMeta(db: Dexie, meta: SyncMeta): Promise<void> {
  await tablesOf(db).meta.put(meta, META);
}

/** Writes a change but its incidents. To be called in a transaction; `kept` is as it was before. */
export async function writeChange(
  tables: SyncTables,
  kept: Pick<KeptSync, 'meta' | 'outbox'>,
  change: SyncChange,
): Promise<void> {
  const { meta, bases = [], outbox, notAccepted = [], reference = [], referenceGone = [] } = change;
  const gone = basesGone(change);
  await Promise.all([
    meta ? tables.meta.put({ ...kept.meta, ...meta }, META) : null,
    bases.length > 0 ? tables.base.bulkPut([...bases]) : null,
    gone.length > 0 ? tables.base.bulkDelete([...gone]) : null,
    outbox ? replaceOutbox(tables.outbox, kept.outbox, outbox) : null,
    notAccepted.length > 0 ? tables.notAccepted.bulkPut([...notAccepted]) : null,
    reference.length > 0 ? tables.reference.bulkPut([...reference]) : null,
    referenceGone.length > 0
      ? tables.reference.bulkDelete(referenceGone.map(({ kind, id }) => [kind, id]))
      : null,
  ]);
}

/** Stores the differences. Removals first: a command may come back under a seq another one had. */
async function replaceOutbox(
  table: Table<PendingCommand, string>,
  before: readonly PendingCommand[],
  after: readonly PendingCommand[],
): Promise<void> {
  const old = new Map(before.map((command) => [command.id, command]));
  const changed = after.filter((command) => old.get(command.id) !== command);
  const kept = new Set(after.map(({ id }) => id));
  const renumbered = changed.filter((command) => (old.get(command.id) ?? command).seq !== command.seq);
  const removed = [...before.filter(({ id }) => !kept.has(id)), ...renumbered].map(({ id }) => id);
  if (removed.length > 0) await table.bulkDelete(removed);
  if (changed.length > 0) await table.bulkPut([...changed]);
}

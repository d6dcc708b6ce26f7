import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import { reportOf } from '#server/report/report-of.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { changesAfter } from '#server/sync/changes.ts';
import { digestOf } from '#server/sync/digest.ts';
import { hello } from '#server/sync/hello.ts';
import { knownCommands } from '#server/sync/known-commands.ts';
import { goOnAbove } from '#server/sync/put-back.ts';
import { pushCommands } from '#server/sync/push.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { bucketPage, snapshotPage } from '#server/sync/snapshot.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { NOON, REFERENCE, ZONE } from '../sync-fixtures.ts';
import { Accounts } from './accounts.ts';
import { transportTo, type ApiSide } from './api-side.ts';
import { keepRegion, putRegionBack, type RegionBackup } from './postgres-backup.ts';
import { REQUEST } from './report-desk.ts';
import type { SimulatedRegion, WayBack } from './region.ts';
import { SEED } from './seed.ts';

export interface Databases {
  readonly owner: Database;
  readonly db: Database;
}

/** A region on the real API's code and the real PostgreSQL, and a look behind the scenes. */
export interface PostgresRegion extends Pick<
  SimulatedRegion,
  'code' | 'incidents' | 'rows' | 'outcomes' | 'revisions' | 'report'
> {
  readonly epoch: string;
  side(): ApiSide;
  backUp(): Promise<void>;
  /** Gives the epoch that holds from now on; null when there is no backup. */
  putBack(way: WayBack, now: Instant): Promise<string | null>;
  /** The mark of every revision. */
  marks(): Promise<Map<number, string>>;
}

let regions = 0;

/** Makes a new region with three incidents. */
export async function makePostgresRegion({ owner, db }: Databases): Promise<PostgresRegion> {
  regions += 1;
  const region = `sim-${regions}`;
  const added = await addRegion(owner, { code: region, name: region, timeZone: ZONE });
  if (added.kind !== 'added') throw new Error(`region: ${added.why}`);
  const epoch = await withScope(db, { region }, async (tx) => {
    await upsertReference(tx, region, REFERENCE);
    const seed = SEED.map((after) => ({
      before: null,
      after: { ...after, region, number: null },
      events: [],
    }));
    await storeMany(tx, region, seed, NOON);
    const query = tx.selectFrom('region').select('epoch').where('region_id', '=', region);
    return (await query.executeTakeFirstOrThrow()).epoch;
  });
  return regionIn({ owner, db }, region, epoch);
}

/** The functions of a region that is there. */
function regionIn({ owner, db }: Databases, region: string, epoch: string): PostgresRegion {
  let backup: RegionBackup | null = null;
  return {
    incidents: SEED.map(({ id }) => id),
    code: region,
    epoch,
    side: () => sideOf(db),
    backUp: async () => {
      backup = await keepRegion(owner, region);
    },
    putBack: async (way, now) => {
      if (backup === null) return null;
      await putRegionBack(owner, region, backup, way);
      return way === 'copy' ? backup.epoch : renewEpoch(owner, region, now);
    },
    marks: () => marksOf(owner, region),
    rows: () => rowsOf(db, region),
    outcomes: () => outcomesOf(db, region),
    revisions: () => revisionsOf(db, region),
    report: (asOf) => reportOf(db, region, REQUEST, asOf),
  };
}

const sideOf = (db: Database): ApiSide => ({
  hello: (session, request, now) => hello(db, session, request, now),
  snapshot: (session, part, after, size, seen) => snapshotPage(db, session, part, after, size, seen),
  bucket: (session, bucket, after, size) => bucketPage(db, session, bucket, after, size),
  changes: (session, query) => changesAfter(db, session, query),
  push: (session, request, now) => pushCommands(db, session, request, now),
  known: (session, ids) => knownCommands(db, session, ids),
  digest: (session) => digestOf(db, session),
});

/** A new region with three incidents on PostgreSQL. */
export async function postgresRegion(databases: Databases): Promise<SimulatedRegion> {
  return simulated(await makePostgresRegion(databases));
}

/** A region that is there, as it is in these databases. */
export const regionOver = (databases: Databases, code: string): SimulatedRegion =>
  simulated(regionIn(databases, code, ''));

function simulated(region: PostgresRegion): SimulatedRegion {
  const accounts = new Accounts(region.code);
  const side = region.side();
  return {
    ...region,
    transport: (actor, now) => transportTo(side, () => accounts.sessionOf(actor), now),
    setRights: (account, rights) => accounts.set(account, rights),
    sessionOf: (actor) => accounts.sessionOf(actor),
    putBack: async (way, now) => (await region.putBack(way, now)) !== null,
    complaints: () => [],
  };
}

/** Does what `npm run restore` does to every region of a backup (server/backup/after-restore.ts). */
async function renewEpoch(owner: Database, region: string, now: Instant): Promise<string> {
  const epoch = randomUUID();
  await withScope(owner, { region }, async (tx) => {
    await tx.updateTable('region').set({ epoch }).where('region_id', '=', region).executeTakeFirstOrThrow();
    await goOnAbove(tx, region, now);
  });
  return epoch;
}

async function marksOf(owner: Database, region: string): Promise<Map<number, string>> {
  const { rows } = await withScope(owner, { region }, (tx) =>
    sql<{ v: number; mark: string }>`select v, mark from revision where region_id = ${region}`.execute(tx),
  );
  return new Map(rows.map(({ v, mark }) => [v, mark]));
}

async function rowsOf(db: Database, region: string): Promise<Map<string, Incident>> {
  const rows = await withScope(db, { region }, (tx) =>
    tx.selectFrom('incident').select(['id', 'row']).where('region_id', '=', region).execute(),
  );
  return new Map(rows.map(({ id, row }) => [id, row as unknown as Incident]));
}

async function outcomesOf(db: Database, region: string): Promise<Map<string, CommandOutcome['status']>> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('sync_command')
      .select(['id', 'status'])
      .where('region_id', '=', region)
      .orderBy('v')
      .execute(),
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/** Every revision must be spoken of somewhere: by a change, a command or a repeated one. */
async function revisionsOf(db: Database, region: string): Promise<{ head: number; seen: Set<number> }> {
  const { rows } = await withScope(db, { region }, (tx) =>
    sql<{ v: number; is_head: boolean }>`
      select v, false as is_head from change_log where region_id = ${region} union
      select v, false from sync_command where region_id = ${region} union
      select v, false from sync_replay where region_id = ${region} union
      select v, true from sync_clock where region_id = ${region}`.execute(tx),
  );
  return {
    head: rows.find((row) => row.is_head)?.v ?? 0,
    seen: new Set(rows.filter((row) => !row.is_head).map(({ v }) => v)),
  };
}

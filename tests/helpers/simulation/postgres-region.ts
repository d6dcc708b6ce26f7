import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#shared/domain/actor.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import type { ChangesResponse } from '#shared/protocol/sync.ts';
import { LIMITS } from '#shared/protocol/version.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { changesAfter } from '#server/sync/changes.ts';
import { digestOf } from '#server/sync/digest.ts';
import { hello } from '#server/sync/hello.ts';
import { pushCommands } from '#server/sync/push.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { bucketPage, snapshotPage, type SnapshotResult } from '#server/sync/snapshot.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { answered, failed, type Answer } from '#renderer/data/sync/failure.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { CLASSIFY, idMaker, incidentAfter, NOON, REFERENCE, ZONE } from '../sync-fixtures.ts';
import type { SimulatedRegion } from './region.ts';

export interface Databases {
  readonly owner: Database;
  readonly db: Database;
}

const NEW_IDS = idMaker(99);
/** The first incidents, the same in every region, so they are computed once. */
const SEED = [0, 1, 2].map(() => incidentAfter(NEW_IDS(), [CLASSIFY]));
let regions = 0;

/** A new region with three incidents on the real API's code and the real PostgreSQL. */
export async function postgresRegion({ owner, db }: Databases): Promise<SimulatedRegion> {
  regions += 1;
  const region = `sim-${regions}`;
  const added = await addRegion(owner, { code: region, name: region, timeZone: ZONE });
  if (added.kind !== 'added') throw new Error(`region: ${added.why}`);
  await withScope(db, { region }, async (tx) => {
    await upsertReference(tx, region, REFERENCE);
    const seed = SEED.map((after) => ({
      before: null,
      after: { ...after, region, number: null },
      events: [],
    }));
    await storeMany(tx, region, seed, NOON);
  });
  return {
    incidents: SEED.map(({ id }) => id),
    code: region,
    transport: (actor, now) => transportOf(db, sessionOf(region, actor), now),
    renewEpoch: () => renewEpoch(owner, region),
    rows: () => rowsOf(db, region),
    outcomes: () => outcomesOf(db, region),
    revisions: () => revisionsOf(db, region),
  };
}

const sessionOf = (region: string, { id, role, agency }: Actor): SyncSession => {
  if (role === 'system') throw new Error('The system does not log in');
  return { region, account: id, role, agency, isDisabled: false };
};

function page(result: SnapshotResult): Answer<Uint8Array<ArrayBuffer>> {
  return result.kind === 'page'
    ? answered(new Uint8Array(result.body))
    : failed({ kind: 'nonsense', message: result.kind });
}

const PAGE_ROWS = 2;

/** The server's own functions, called as its routes call them; what crosses is JSON, as on the wire. */
function transportOf(db: Database, session: SyncSession, now: () => Instant): Transport {
  return {
    hello: async (request) => {
      const result = await hello(db, session, request, now());
      return result.kind === 'hello'
        ? answered({ value: result.response, roundTripMs: 0 })
        : failed({ kind: 'too_old' });
    },
    snapshot: async (part, after, bytes = LIMITS.pageBytes) => {
      const limit = part === 'reference' ? 2000 : PAGE_ROWS;
      return page(await snapshotPage(db, session, part, after, { limit, bytes }));
    },
    changes: async (query) => {
      const result = await changesAfter(db, session, { bytes: LIMITS.pageBytes, ...query });
      return result.kind === 'changes'
        ? answered(JSON.parse(result.body) as ChangesResponse)
        : failed({ kind: 'resync' });
    },
    push: async (request) => {
      const result = await pushCommands(db, session, structuredClone(request), now);
      return result.kind === 'pushed'
        ? answered(structuredClone(result.response))
        : failed({ kind: 'forbidden' });
    },
    digest: async () => answered(await digestOf(db, session)),
    bucket: async (bucket, after, bytes = LIMITS.pageBytes) =>
      page(await bucketPage(db, session, bucket, after, { limit: PAGE_ROWS, bytes })),
    stream: async () => failed({ kind: 'network', message: 'no stream here' }),
  };
}

async function renewEpoch(owner: Database, region: string): Promise<void> {
  await owner
    .updateTable('region')
    .set({ epoch: randomUUID() })
    .where('region_id', '=', region)
    .executeTakeFirstOrThrow();
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

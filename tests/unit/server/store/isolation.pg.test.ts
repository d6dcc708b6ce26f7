import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import { GRANTS } from '#server/store/grants.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

let base: FreshDatabase;
let db: Database;
const ids = { eaoRoads: randomUUID(), eaoHeat: randomUUID(), amur: randomUUID() };

async function putIncident(region: string, id: string, agencies: string[]): Promise<void> {
  await withScope(db, { region }, async (tx) => {
    await tx
      .insertInto('incident')
      .values({
        region_id: region,
        id,
        version: 1,
        v: 1,
        step: 'assigned',
        agency: agencies[0] ?? null,
        agencies,
        created_at: 1,
        network: 'vk',
        row: '{}',
        digest: 1,
      })
      .execute();
    await tx
      .insertInto('event')
      .values({
        region_id: region,
        incident_id: id,
        n: 1,
        v: 1,
        name: 'registered',
        at: 1,
        recorded_at: 1,
        actor: 'a',
        data: '{}',
      })
      .execute();
    await tx
      .insertInto('change_log')
      .values({ region_id: region, v: agencies.length + 1, entity: 'incident', id, op: 'put', agencies })
      .execute();
    await tx
      .insertInto('audit')
      .values({ region_id: region, at: 1, actor: 'a', action: 'login', detail: '{}', address: '' })
      .execute();
  });
}

beforeAll(async () => {
  base = await freshDatabase();
  db = base.db;
  await addRegion(base.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  await putIncident('eao', ids.eaoRoads, ['roads']);
  await putIncident('eao', ids.eaoHeat, ['heat', 'housing']);
  await putIncident('amur', ids.amur, ['roads']);
});

afterAll(() => base.stop());

const EAO: Scope = { region: 'eao' };
const EAO_ROADS: Scope = { region: 'eao', agency: 'roads' };

/** The SQLSTATE an attempt fails with, or 'done' when it succeeds. */
async function attempt(scope: Scope, work: (tx: ScopedTransaction) => Promise<unknown>): Promise<string> {
  try {
    await withScope(db, scope, work);
    return 'done';
  } catch (error) {
    return errorCode(error) || String(error);
  }
}

const DENIED = '42501';
/** They hold nothing of anybody's. */
const WITHOUT_REGION = new Set(['login_attempt', 'pulse']);

describe('between regions', () => {
  it('sees its own rows only, even when it asks for another region by name or by key', async () => {
    await withScope(db, EAO, async (tx) => {
      const own = await tx.selectFrom('incident').select('id').execute();
      expect(new Set(own.map((row) => row.id))).toEqual(new Set([ids.eaoRoads, ids.eaoHeat]));
      expect(await tx.selectFrom('incident').selectAll().where('region_id', '=', 'amur').execute()).toEqual(
        [],
      );
      expect(await tx.selectFrom('event').selectAll().where('incident_id', '=', ids.amur).execute()).toEqual(
        [],
      );
      expect(await tx.selectFrom('region').select('region_id').execute()).toEqual([{ region_id: 'eao' }]);
    });
  });

  it('cannot write, move or change rows of another region', async () => {
    const insert = attempt(EAO, (tx) =>
      tx
        .insertInto('sync_client')
        .values({ region_id: 'amur', client_id: randomUUID(), actor: 'x', seen_at: 1 })
        .execute(),
    );
    expect(await insert).toBe(DENIED);
    expect(
      await attempt(EAO, (tx) =>
        tx.updateTable('incident').set({ region_id: 'amur' }).where('id', '=', ids.eaoRoads).execute(),
      ),
    ).toBe(DENIED);
    await withScope(db, EAO, async (tx) => {
      const [touched] = await tx
        .updateTable('incident')
        .set({ step: 'done' })
        .where('id', '=', ids.amur)
        .execute();
      expect(touched?.numUpdatedRows).toBe(0n);
      const [clock] = await tx
        .updateTable('sync_clock')
        .set({ v: 99 })
        .where('region_id', '=', 'amur')
        .execute();
      expect(clock?.numUpdatedRows).toBe(0n);
    });
  });

  it('cannot see another region through an upsert, a join or an error message about a key', async () => {
    const upsert = attempt(EAO, (tx) =>
      tx
        .insertInto('sync_clock')
        .values({ region_id: 'amur', v: 5 })
        .onConflict((oc) => oc.column('region_id').doUpdateSet({ v: 5 }))
        .execute(),
    );
    expect(await upsert).toBe(DENIED);
    await withScope(db, EAO, async (tx) => {
      const joined = await sql<{
        n: number;
      }>`select count(*) as n from event e full join incident i on true where i.region_id <> 'eao'
        or e.region_id <> 'eao'`.execute(tx);
      expect(joined.rows).toEqual([{ n: 0 }]);
    });
  });
});

describe('without a scope', () => {
  it.each(Object.keys(GRANTS).filter((table) => !WITHOUT_REGION.has(table)))('%s is empty', async (table) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('nothing can be written', async () => {
    const write = db
      .insertInto('audit')
      .values({ region_id: 'eao', at: 1, actor: 'x', action: 'forged', detail: '{}', address: '' })
      .execute();
    await expect(write).rejects.toMatchObject({ code: DENIED });
  });

  it('a scope ends with its transaction, committed or not, on the same connection', async () => {
    await db.connection().execute(async (connection) => {
      await withScope(connection, EAO_ROADS, async () => undefined);
      expect(await connection.selectFrom('incident').select('id').execute()).toEqual([]);
      await expect(withScope(connection, EAO, () => Promise.reject(new Error('stop')))).rejects.toThrow(
        'stop',
      );
      expect(await connection.selectFrom('incident').select('id').execute()).toEqual([]);
      const { rows } = await sql<{
        patience: string;
      }>`select current_setting('lock_timeout') as patience`.execute(connection);
      expect(rows).toEqual([{ patience: '0' }]);
    });
  });
});

describe('between agencies of a region', () => {
  it('an executor sees the incidents that are or were its agency’s, with their events and changes', async () => {
    await withScope(db, EAO_ROADS, async (tx) => {
      expect(await tx.selectFrom('incident').select('id').execute()).toEqual([{ id: ids.eaoRoads }]);
      expect(await tx.selectFrom('event').select('incident_id').execute()).toEqual([
        { incident_id: ids.eaoRoads },
      ]);
      expect(await tx.selectFrom('change_log').select('id').execute()).toEqual([{ id: ids.eaoRoads }]);
    });
    await withScope(db, { region: 'eao', agency: 'housing' }, async (tx) => {
      expect(await tx.selectFrom('incident').select('id').execute()).toEqual([{ id: ids.eaoHeat }]);
    });
  });

  it('an executor can neither add to, take over nor give itself another agency’s incident', async () => {
    const forged = {
      region_id: 'eao',
      incident_id: ids.eaoHeat,
      n: 2,
      v: 9,
      name: 'closed',
      at: 1,
      recorded_at: 1,
      actor: 'x',
      data: '{}',
    };
    expect(await attempt(EAO_ROADS, (tx) => tx.insertInto('event').values(forged).execute())).toBe(DENIED);
    await withScope(db, EAO_ROADS, async (tx) => {
      const [taken] = await tx
        .updateTable('incident')
        .set({ agencies: ['roads'] })
        .where('id', '=', ids.eaoHeat)
        .execute();
      expect(taken?.numUpdatedRows).toBe(0n);
    });
    expect(
      await attempt(EAO_ROADS, (tx) =>
        tx
          .updateTable('incident')
          .set({ agencies: ['heat'] })
          .execute(),
      ),
    ).toBe(DENIED);
  });

  it('changes that concern everybody reach executors, those of nobody’s incidents do not', async () => {
    await withScope(db, EAO, async (tx) => {
      const change = { region_id: 'eao', v: 50, op: 'put' } as const;
      await tx
        .insertInto('change_log')
        .values({ ...change, entity: 'reference', id: 'topic/1', agencies: null })
        .execute();
      await tx
        .insertInto('change_log')
        .values({ ...change, entity: 'incident', id: randomUUID(), agencies: [] })
        .execute();
    });
    await withScope(db, EAO_ROADS, async (tx) => {
      expect(await tx.selectFrom('change_log').select('entity').where('v', '=', 50).execute()).toEqual([
        { entity: 'reference' },
      ]);
    });
  });
});

describe('history', () => {
  it.each([
    ['delete from event'],
    ['delete from incident'],
    ['delete from audit'],
    ['delete from sync_command'],
    ['delete from change_log'],
    [`update event set actor = 'x'`],
    [`update audit set actor = 'x'`],
    [`insert into region (region_id, name, time_zone) values ('eao', 'x', 'UTC')`],
    ['truncate event'],
  ])('%s is refused', async (statement) => {
    expect(await attempt(EAO, (tx) => sql.raw(statement).execute(tx))).toBe(DENIED);
  });
});

describe('out of the cage', () => {
  it.each([
    ['set role pult_owner'],
    ['set session authorization pult_owner'],
    ['alter policy in_region on incident using (true)'],
    ['drop policy in_region on incident'],
    ['alter table incident disable row level security'],
    ['alter table incident no force row level security'],
    ['alter role pult_api bypassrls'],
    ['alter role pult_api superuser'],
    ['grant pult_owner to pult_api'],
    ['create role helper superuser'],
    ['create temporary table account (a int)'],
    [`create function region_heads(x int) returns int language sql as 'select 1'`],
    [
      `create or replace function region_heads() returns table (region_id text, v bigint) language sql as ` +
        `'select null, 1'`,
    ],
    ['alter function region_heads() security invoker'],
    ['alter function region_heads() reset search_path'],
    ['create schema own'],
    ['create view all_incidents as select * from incident'],
    [`copy incident to program 'cat'`],
    [`select pg_read_file('postgresql.conf')`],
    ['select * from pg_authid'],
    ['select * from migration'],
    ['select lo_create(0)'],
    ['select lo_creat(-1)'],
    [`select lo_from_bytea(0, 'x')`],
    [`select lo_import('/etc/passwd')`],
    ['select lo_unlink(1)'],
  ])('%s is refused', async (statement) => {
    expect(await attempt(EAO, (tx) => sql.raw(statement).execute(tx))).toBe(DENIED);
  });

  it('row security cannot be switched off to see more', async () => {
    // With row_security off PostgreSQL raises instead of filtering.
    const off = attempt(EAO, async (tx) => {
      await sql`set local row_security = off`.execute(tx);
      await tx.selectFrom('incident').selectAll().execute();
    });
    expect(await off).toBe(DENIED);
  });

  it('the owner’s functions do not listen to the caller’s search path and answer about one key only', async () => {
    await withScope(db, EAO, async (tx) => {
      await sql`set local search_path = pg_temp, public`.execute(tx);
      const { rows } = await sql`select * from public.account_for_login('%')`.execute(tx);
      expect(rows).toEqual([]);
    });
    const { rows } = await sql<{
      owned: number;
    }>`select count(*) as owned from pg_class where relowner = 'pult_api'::regrole`.execute(db);
    expect(rows).toEqual([{ owned: 0 }]);
  });

  it('row-level security is on and forced on every table that has a region', async () => {
    const { rows } = await sql<{ name: string; safe: boolean }>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as safe from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`.execute(base.owner);
    expect(rows.length).toBe(Object.keys(GRANTS).length - WITHOUT_REGION.size);
    expect(rows.filter((row) => !row.safe)).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

let base: FreshDatabase;
let db: Database;
const ids = { eaoRoads: randomUUID(), eaoHeat: randomUUID(), amur: randomUUID() };

const EAO: Scope = { region: 'eao' };
const EAO_ROADS: Scope = { region: 'eao', agency: 'roads' };
const DENIED = '42501';

async function putIncident(region: string, id: string, agency: string): Promise<void> {
  await withScope(db, { region }, async (tx) => {
    const counted = { version: 1, v: 1, created_at: 1, digest: 1 };
    const place = {
      region_id: region,
      id,
      agency,
      agencies: [agency],
      step: 'assigned',
      network: 'vk',
      row: '{}',
    };
    await tx
      .insertInto('incident')
      .values({ ...place, ...counted })
      .execute();
    await tx
      .insertInto('audit')
      .values({ region_id: region, at: 1, actor: 'r-1', action: 'login', detail: '{}', address: '' })
      .execute();
  });
}

beforeAll(async () => {
  base = await freshDatabase();
  db = base.db;
  await addRegion(base.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  await putIncident('eao', ids.eaoRoads, 'roads');
  await putIncident('eao', ids.eaoHeat, 'heat');
  await putIncident('amur', ids.amur, 'roads');
});

afterAll(() => base.stop());

/** The SQLSTATE an attempt fails with, or 'done' when it succeeds. */
async function attempt(scope: Scope, work: (tx: ScopedTransaction) => Promise<unknown>): Promise<string> {
  try {
    await withScope(db, scope, work);
    return 'done';
  } catch (error) {
    return errorCode(error) || String(error);
  }
}

describe('an executor’s transaction', () => {
  const ROADS_PERSON: Scope = { ...EAO_ROADS, account: 'r-1' };
  const people = [
    ['r-1', 'executor', 'roads'],
    ['h-1', 'executor', 'heat'],
    ['o-1', 'operator', null],
  ] as const;
  const client = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

  async function putPerson(tx: ScopedTransaction, n: number): Promise<void> {
    const [id = '', role = 'operator', agency = null] = people[n] ?? [];
    const region_id = 'eao';
    const password_hash = `hash-${id}`;
    const account = {
      region_id,
      id,
      login: id,
      display_name: id,
      role,
      agency,
      password_hash,
      created_at: 1,
    };
    await tx.insertInto('account').values(account).execute();
    const times = { created_at: 1, expires_at: 2, seen_at: 1 };
    const session = { token_hash: Buffer.from([n]), region_id, account_id: id, user_agent: '', ...times };
    await tx.insertInto('session').values(session).execute();
    await tx
      .insertInto('sync_client')
      .values({ region_id, client_id: client(n), actor: id, seen_at: 1 })
      .execute();
    const command = { id: client(n), client_id: client(n), seq: 1, actor: id, name: 'addNote', at: 1, v: 1 };
    const decided = {
      incident_id: null,
      args: '{}',
      recorded_at: 1,
      outcome: '{}',
      status: 'applied',
    } as const;
    await tx
      .insertInto('sync_command')
      .values({ region_id, ...command, ...decided })
      .execute();
    await tx
      .insertInto('sync_replay')
      .values({ region_id, client_id: client(n), seq: 2, command_id: client(n), v: 2 })
      .execute();
  }

  const example = (incident: string) => JSON.stringify({ incident, before: null, after: null });

  beforeAll(() =>
    withScope(db, EAO, async (tx) => {
      for (const n of people.keys()) await putPerson(tx, n);
      const row = { region_id: 'eao', kind: 'example', v: 1 };
      await tx
        .insertInto('reference')
        .values([
          { ...row, id: 'own', row: example(ids.eaoRoads) },
          { ...row, id: 'others', row: example(ids.eaoHeat) },
          { ...row, id: 'region', row: example(ids.amur) },
          { ...row, kind: 'topic', id: 'topic', row: '{}' },
        ])
        .execute();
    }),
  );

  it.each([
    ['account', 'id', ['r-1']],
    ['session', 'account_id', ['r-1']],
    ['sync_client', 'actor', ['r-1']],
    ['sync_command', 'actor', ['r-1']],
    ['sync_replay', 'client_id', [client(0)]],
    ['audit', 'actor', []],
    ['reference', 'id', ['own', 'topic']],
    ['import_run', 'id', []],
  ] as const)('sees of %s its own alone', async (table, column, expected) => {
    await withScope(db, ROADS_PERSON, async (tx) => {
      const { rows } = await sql<{
        x: string;
      }>`select ${sql.ref(column)} as x from ${sql.table(table)}`.execute(tx);
      expect(rows.map(({ x }) => x).toSorted()).toEqual(expected);
    });
    // Without a person it is nobody's own.
    await withScope(db, EAO_ROADS, async (tx) => {
      const { rows } = await sql<{
        x: string;
      }>`select ${sql.ref(column)} as x from ${sql.table(table)}`.execute(tx);
      expect(rows.map(({ x }) => x).toSorted()).toEqual(table === 'reference' ? expected : []);
    });
  });

  it.each([
    [`insert into audit (region_id, at, actor, action) values ('eao', 1, 'o-1', 'forged')`],
    [
      `insert into session (token_hash, region_id, account_id, created_at, expires_at, seen_at)
      values ('\\x99', 'eao', 'o-1', 1, 99, 1)`,
    ],
    [
      `insert into account (region_id, id, login, display_name, role, password_hash, created_at)
      values ('eao', 'mine', 'mine', 'mine', 'administrator', 'x', 1)`,
    ],
    [`insert into reference (region_id, kind, id, row, v) values ('eao', 'topic', 'forged', '{}', 1)`],
    [
      `insert into sync_replay (region_id, client_id, seq, command_id, v)
        values ('eao', '${client(2)}', 9, '${client(2)}', 9)`,
    ],
    [
      `insert into sync_client (region_id, client_id, actor, seen_at) values ('eao', '${client(2)}', 'r-1', 1)
      on conflict (region_id, client_id) do update set actor = 'r-1'`,
    ],
    [`select password_hash from account`],
    [`update account set id = 'o-1'`],
  ])('%s is refused', async (statement) => {
    expect(await attempt(ROADS_PERSON, (tx) => sql.raw(statement).execute(tx))).toBe(DENIED);
  });

  it.each([
    [`update account set disabled = true where id <> 'r-1'`],
    [`update account set role = 'administrator' where id = 'o-1'`],
    [`update session set account_id = 'r-1' where account_id = 'o-1'`],
    [`delete from session where account_id = 'o-1'`],
    [`update reference set row = '{}' where kind = 'topic'`],
    [`update region set settings = '{}'`],
    [`update sync_command set actor = 'r-1'  where actor = 'o-1'`],
  ])('%s touches nothing', async (statement) => {
    await withScope(db, ROADS_PERSON, async (tx) => {
      const { numAffectedRows } = await sql.raw(statement).execute(tx);
      expect(numAffectedRows).toBe(0n);
    });
  });

  it('passwords’ hashes are given by the login’s lookup alone, to the centre too', async () => {
    expect(await attempt(EAO, (tx) => sql`select password_hash from account`.execute(tx))).toBe(DENIED);
    expect(await attempt(EAO, (tx) => sql`select * from account`.execute(tx))).toBe(DENIED);
    const { rows } = await sql`select * from account_for_login('o-1')`.execute(db);
    expect(rows).toMatchObject([{ password_hash: 'hash-o-1' }]);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

const EAO: Scope = { region: 'eao' };
const EAO_ROADS: Scope = { region: 'eao', agency: 'roads', account: 'r-1' };
const AMUR: Scope = { region: 'amur' };
const DENIED = '42501';
let base: FreshDatabase;

/** The SQLSTATE an attempt fails with, or 'done' when it succeeds. */
async function attempt(scope: Scope, work: (tx: ScopedTransaction) => Promise<unknown>): Promise<string> {
  try {
    await withScope(base.db, scope, work);
    return 'done';
  } catch (error) {
    return errorCode(error) || String(error);
  }
}

const identity = (region_id: string, subject: string) => ({
  region_id,
  issuer: 'https://sso.example',
  subject,
  account_id: 'r-1',
  linked_at: 1,
});

const handover = (region_id: string, code: string) => ({
  code_hash: Buffer.from(code),
  region_id,
  account_id: 'r-1',
  challenge: 'c',
  end_url: null,
  made_at: 1,
});

beforeAll(async () => {
  base = await freshDatabase();
  await addRegion(base.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  await withScope(base.db, EAO, async (tx) => {
    const person = {
      id: 'r-1',
      login: 'r-1',
      display_name: 'r-1',
      role: 'executor',
      agency: 'roads',
    } as const;
    await tx
      .insertInto('account')
      .values({ region_id: 'eao', ...person, password_hash: '', created_at: 1 })
      .execute();
    await tx
      .insertInto('sign_in_provider')
      .values({
        region_id: 'eao',
        is_on: true,
        name: 'Единый вход',
        issuer: 'https://sso.example',
        client_id: 'pult',
        client_access: 'sealed',
        scope: 'openid',
        certificate: '',
        console_url: 'https://pult.example',
        login_claim: 'login',
        name_claim: 'name',
        groups_claim: 'groups',
        link_by: 'none',
        may_create: true,
        groups: '[]',
        changed_at: 1,
      })
      .execute();
    await tx
      .insertInto('sign_in_directory')
      .values({
        region_id: 'eao',
        is_on: true,
        url: 'ldaps://dc.example',
        start_tls: false,
        certificate: '',
        base: 'dc=region',
        filter: '(uid={login})',
        person_dn: '',
        bind_dn: 'cn=pult',
        bind_access: 'sealed',
        id_attribute: 'entryUUID',
        login_attribute: 'uid',
        name_attribute: 'cn',
        groups_attribute: 'memberOf',
        link_by: 'none',
        may_create: true,
        groups: '[]',
        changed_at: 1,
      })
      .execute();
    await tx.insertInto('sign_in_identity').values(identity('eao', 'one')).execute();
    await tx.insertInto('sign_in_handover').values(handover('eao', 'one')).execute();
  });
});
afterAll(() => base.stop());

const TABLES = ['sign_in_provider', 'sign_in_directory', 'sign_in_identity', 'sign_in_handover'] as const;

it.each(TABLES)('%s of another region is not there, nor can it be moved', async (table) => {
  await withScope(base.db, AMUR, async (tx) => {
    expect(await tx.selectFrom(table).select('region_id').execute()).toEqual([]);
  });
  const steal = sql`update ${sql.table(table)} set region_id = 'amur' where region_id = 'eao'`;
  expect(['done', DENIED]).toContain(await attempt(AMUR, (tx) => steal.execute(tx)));
  expect(await attempt(EAO, (tx) => steal.execute(tx))).toBe(DENIED);
});

it.each(TABLES)('an executor sees nothing of %s', async (table) => {
  await withScope(base.db, EAO_ROADS, async (tx) => {
    expect(await tx.selectFrom(table).select('region_id').execute()).toEqual([]);
  });
});

it('nobody becomes a person of a provider from another region or an agency, nor takes another’s place', async () => {
  const insert = (region: string, subject: string) => (tx: ScopedTransaction) =>
    tx.insertInto('sign_in_identity').values(identity(region, subject)).execute();
  expect(await attempt(AMUR, insert('eao', 'thief'))).toBe(DENIED);
  expect(await attempt(EAO_ROADS, insert('eao', 'thief'))).toBe(DENIED);
  // One person of a provider at an account.
  expect(await attempt(EAO, insert('eao', 'two'))).toBe('23505');
  const redirect = (tx: ScopedTransaction) =>
    tx.updateTable('sign_in_identity').set({ account_id: 'chief' }).execute();
  expect(await attempt(EAO, redirect)).toBe(DENIED);
});

it('nobody makes a code for a person of another region or takes theirs, nor moves a code to somebody', async () => {
  const insert = (region: string) => (tx: ScopedTransaction) =>
    tx.insertInto('sign_in_handover').values(handover(region, 'thief')).execute();
  expect(await attempt(AMUR, insert('eao'))).toBe(DENIED);
  expect(await attempt(EAO_ROADS, insert('eao'))).toBe(DENIED);
  // The person is none of that region.
  expect(await attempt(AMUR, insert('amur'))).toBe('23503');
  for (const scope of [AMUR, EAO_ROADS])
    await withScope(base.db, scope, async (tx) => {
      expect(await tx.deleteFrom('sign_in_handover').returning('account_id').execute()).toEqual([]);
    });
  const move = (tx: ScopedTransaction) =>
    tx.updateTable('sign_in_handover').set({ challenge: 'mine' }).execute();
  expect(await attempt(EAO, move)).toBe(DENIED);
});

it('the door tells names of providers alone', async () => {
  const { rows } = await sql`select * from sign_in_ways()`.execute(base.db);
  expect(rows).toEqual([{ region: 'eao', region_name: 'ЕАО', name: 'Единый вход' }]);
  const directories = await sql`select * from sign_in_directories()`.execute(base.db);
  expect(directories.rows).toEqual([{ region_id: 'eao' }]);
});

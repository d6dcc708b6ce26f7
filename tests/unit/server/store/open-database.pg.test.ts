import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { openSession } from '#server/accounts/log-in.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion, regionCodes } from '#server/store/add-region.ts';
import { derivedPassword } from '#server/store/api-password.ts';
import { findEscapes } from '#server/store/cage.ts';
import { connect, withScope } from '#server/store/database.ts';
import { MIGRATIONS, migrate } from '#server/store/migrate.ts';
import { apiUrlOf, openDatabase, type OpenDatabase } from '#server/store/open-database.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

// A cluster of its own: these tests change the API's role, which all databases of a cluster share.
const dataDir = temporaryFolder('url');
let cluster: OpenDatabase;
let ownerUrl: string;

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.ownerUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  cluster = await openDatabase({ dataDir });
  await asSuperuser(
    `create role hoster login createrole password 'тайна'`,
    'create database given owner hoster',
  );
  const url = new URL(cluster.ownerUrl);
  [url.username, url.password, url.pathname] = ['hoster', 'тайна', '/given'];
  ownerUrl = url.href;
});
afterAll(async () => {
  await cluster.stop();
  rmSync(dataDir, { recursive: true });
});

describe('a database given in DATABASE_URL', () => {
  it('works with an owner who is no superuser, and several processes may migrate it at once', async () => {
    const opened = await openDatabase({ url: ownerUrl });
    expect(opened.apiUrl).toBe(apiUrlOf(ownerUrl, must(derivedPassword(ownerUrl), 'a password')));
    const runs = await Promise.all([migrate(ownerUrl), migrate(ownerUrl), migrate(ownerUrl)]);
    expect(runs.flat()).toEqual(MIGRATIONS.map((migration) => migration.name));
    const [owner, db] = [connect(ownerUrl, 2), connect(opened.apiUrl, 2)];
    await addRegion(owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
    expect(await addRegion(owner, { code: 'eao', name: 'ЕАО', timeZone: 'UTC' })).toEqual({
      kind: 'refused',
      why: 'exists',
    });
    expect(await addRegion(owner, { code: 'EAO', name: 'x', timeZone: 'UTC' })).toEqual({
      kind: 'refused',
      why: 'bad_code',
    });
    expect(await addRegion(owner, { code: 'x', name: 'x', timeZone: 'Moon/Sea' })).toEqual({
      kind: 'refused',
      why: 'bad_time_zone',
    });
    expect(await regionCodes(owner)).toEqual(['eao']);
    await createAccount(
      db,
      'eao',
      { login: 'a', displayName: 'А', role: 'operator', agency: null, password: 'b' },
      1,
    );
    const attempt = { login: 'A', password: 'b', address: '::1', userAgent: '', device: null, now: 1 };
    expect(await openSession(db, attempt)).toMatchObject({
      kind: 'logged_in',
      session: { region: { code: 'eao' } },
    });
    await withScope(db, { region: 'eao' }, async (tx) =>
      expect(await tx.selectFrom('reference').select(['kind', 'v']).execute()).toEqual([
        { kind: 'account', v: 1 },
      ]),
    );
    // Forced: even the tables' owner must name a region to see its incidents.
    const { rows } = await sql`select * from reference`.execute(owner);
    expect(rows).toEqual([]);
    await Promise.all([owner.destroy(), db.destroy()]);
  });

  it.each([
    ['an address that is none', 'mysql://a@b/c', 'bad_arguments'],
    ['a server that is not there', 'postgres://a:b@127.0.0.1:1/c', 'database_unreachable'],
  ])('%s is told plainly', async (_what, url, kind) => {
    await expect(openDatabase({ url })).rejects.toMatchObject({ name: 'StartupError', kind });
  });

  it('a wrong password is told plainly, without repeating it', async () => {
    const url = ownerUrl.replace(/:[^:@]+@/, ':misprint@');
    const failure: unknown = await openDatabase({ url }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'database_unreachable' });
    expect(String(failure)).not.toContain('misprint');
  });

  it('a database made by a newer Pult is left alone', async () => {
    const owner = connect(ownerUrl, 1);
    await sql`insert into migration (name) values ('999-future')`.execute(owner);
    await expect(migrate(ownerUrl)).rejects.toMatchObject({ kind: 'database_too_new' });
    await sql`delete from migration where name = '999-future'`.execute(owner);
    await owner.destroy();
  });

  it('an API role with more rights than it should have is refused', async () => {
    await asSuperuser('alter role pult_api bypassrls');
    await expect(migrate(ownerUrl)).rejects.toMatchObject({ kind: 'not_permitted' });
    await asSuperuser('alter role pult_api nobypassrls', 'grant pg_read_all_data to pult_api');
    await expect(migrate(ownerUrl)).rejects.toMatchObject({ kind: 'not_permitted' });
    await asSuperuser('revoke pg_read_all_data from pult_api');
    expect(await migrate(ownerUrl)).toEqual([]);
  });
});

/** The SQLSTATE of an attempt to come in and run a statement, '' when it succeeds. */
async function comeIn(connectionString: string, statement = 'select 1'): Promise<string> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
    return '';
  } catch (error) {
    return errorCode(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const inDatabase = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

describe('what the API’s role may beyond its tables', () => {
  it('is to enter no other database; what only a superuser can close is told', async () => {
    const { apiUrl } = await openDatabase({ url: ownerUrl });
    expect(await comeIn(apiUrl)).toBe('');
    for (const name of ['postgres', 'template1'])
      expect([name, await comeIn(inDatabase(apiUrl, name))]).toEqual([name, '42501']);
    // Somebody else's database on the same server, open to everybody.
    await asSuperuser('create database neighbour');
    const told = await findEscapes(ownerUrl);
    expect(told.find((line) => line.includes('neighbour'))).toMatch(/REVOKE CONNECT ON DATABASE "neighbour"/);
    expect(told.find((line) => line.includes('large objects'))).toMatch(/REVOKE EXECUTE .+lo_create/);
    await asSuperuser('revoke connect on database neighbour from public');
    expect(await comeIn(inDatabase(apiUrl, 'neighbour'))).toBe('42501');
    // A superuser's own installation leaves nothing to tell.
    await migrate(cluster.ownerUrl);
    expect(await findEscapes(cluster.ownerUrl)).toEqual([]);
    await migrate(ownerUrl);
  });

  it('is no statement without an end, however it comes in', async () => {
    const { apiUrl } = await openDatabase({ url: ownerUrl });
    const client = new pg.Client({ connectionString: apiUrl });
    await client.connect();
    expect((await client.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '1min' }]);
    await client.end();
    const db = connect(apiUrl, 1, 1000);
    await expect(sql`select pg_sleep(3600)`.execute(db)).rejects.toMatchObject({ code: '57014' });
    await db.destroy();
  });
});

describe('an address without a password', () => {
  let bare: string;
  beforeAll(async () => {
    await asSuperuser('create database bare owner hoster');
    const url = new URL(inDatabase(ownerUrl, 'bare'));
    url.password = '';
    bare = url.href;
    process.env['PGPASSWORD'] = 'тайна';
  });
  afterAll(() => {
    delete process.env['PGPASSWORD'];
  });

  it('gives the API’s role a random one, which every process finds and nobody else', async () => {
    const opened = await Promise.all([openDatabase({ url: bare }), openDatabase({ url: bare })]);
    const urls = opened.map(({ apiUrl }) => apiUrl);
    expect(new Set(urls).size).toBe(1);
    const apiUrl = must(urls[0], 'an address');
    // As it was made before: by whoever knew the address.
    const guessed = createHmac('sha256', bare).update('pult_api').digest('base64url');
    await asSuperuser(`alter role pult_api password '${guessed}'`);
    await migrate(bare);
    expect(await comeIn(apiUrlOf(bare, guessed))).toBe('28P01');
    expect(await comeIn(apiUrl)).toBe('');
    expect(await comeIn(apiUrl, 'select * from api_secret')).toBe('42501');
    expect((await openDatabase({ url: bare })).apiUrl).toBe(apiUrl);
  });

  it('may name owner and password behind a question mark: the API’s role takes neither', async () => {
    const url = new URL(bare);
    [url.username, url.search] = ['', `?user=hoster&password=${encodeURIComponent('тайна')}`];
    const { apiUrl } = await openDatabase({ url: url.href });
    await migrate(url.href);
    const db = connect(apiUrl, 1);
    const { rows } = await sql<{ who: string }>`select current_user as who`.execute(db);
    expect(rows).toEqual([{ who: 'pult_api' }]);
    await db.destroy();
  });
});

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

let base: FreshDatabase;
let db: Database;
const ids = { eaoRoads: randomUUID(), eaoHeat: randomUUID() };
const EAO: Scope = { region: 'eao' };
const EAO_ROADS: Scope = { region: 'eao', agency: 'roads' };
const DENIED = '42501';

/** The SQLSTATE an attempt fails with, or 'done' when it succeeds. */
async function attempt(scope: Scope, work: (tx: ScopedTransaction) => Promise<unknown>): Promise<string> {
  try {
    await withScope(db, scope, work);
    return 'done';
  } catch (error) {
    return errorCode(error) || String(error);
  }
}

beforeAll(async () => {
  base = await freshDatabase();
  db = base.db;
  await addRegion(base.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  const counted = { version: 1, v: 1, created_at: 1, digest: 1 };
  const place = { region_id: 'eao', step: 'assigned', network: 'vk', row: '{}', ...counted };
  const incidents = [
    { ...place, id: ids.eaoRoads, agency: 'roads', agencies: ['roads'] },
    { ...place, id: ids.eaoHeat, agency: 'heat', agencies: ['heat'] },
  ];
  await withScope(db, EAO, (tx) => tx.insertInto('incident').values(incidents).execute());
});
afterAll(() => base.stop());

const ROADS_PERSON: Scope = { ...EAO_ROADS, account: 'r-1' };
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const moments = { made_at: 1, not_before: 1, changed_at: 1 };
const choice = (account_id: string) => ({
  region_id: 'eao',
  account_id,
  address: 'a@example.org',
  off: '[]',
  changed_at: 1,
});
const bot = (account_id: string) => ({
  region_id: 'eao',
  account_id,
  channel_id: id(9),
  peer: account_id,
  off: '[]',
  changed_at: 1,
});
const notice = (account_id: string, n: number) => ({
  region_id: 'eao',
  id: id(n),
  account_id,
  kind: 'assigned' as const,
  incident_id: ids.eaoHeat,
  mark: '1',
  made_at: 1,
});
const mail = (account_id: string, n: number) => ({
  region_id: 'eao',
  id: id(n),
  account_id,
  kind: 'notices' as const,
  state: 'sent' as const,
  ordered_by: '',
  ...moments,
});

beforeAll(async () => {
  const setting = {
    host: 'mail',
    port: 25,
    security: 'none',
    login: '',
    certificate: '',
    sender: 'a@example.org',
  } as const;
  const rest = {
    is_on: true,
    console_url: 'https://a',
    language: 'ru',
    digest_minutes: 0,
    quiet_from: '',
    quiet_to: '',
  } as const;
  await withScope(db, EAO, async (tx) => {
    await tx
      .insertInto('mail_setting')
      .values({ region_id: 'eao', ...setting, ...rest, password: 'sealed', changed_at: 1 })
      .execute();
    for (const [n, account, agency] of [
      [1, 'r-1', 'roads'],
      [2, 'h-1', 'heat'],
    ] as const) {
      const person = {
        id: account,
        login: account,
        display_name: account,
        role: 'executor',
        agency,
      } as const;
      await tx
        .insertInto('account')
        .values({ region_id: 'eao', ...person, password_hash: '', created_at: 1 })
        .execute();
      await tx.insertInto('notice_choice').values(choice(account)).execute();
      await tx.insertInto('notice_bot').values(bot(account)).execute();
      await tx.insertInto('notice').values(notice(account, n)).execute();
      await tx.insertInto('mail').values(mail(account, n)).execute();
    }
  });
});

const TABLES = ['mail_setting', 'mail', 'notice', 'notice_bot', 'notice_choice'] as const;

it.each(TABLES)('%s of another region is not there', async (table) => {
  await withScope(db, { region: 'amur' }, async (tx) => {
    expect(await tx.selectFrom(table).select('region_id').execute()).toEqual([]);
  });
  const steal = sql`update ${sql.table(table)} set region_id = 'amur' where region_id = 'eao'`;
  expect(['done', DENIED]).toContain(await attempt({ region: 'amur' }, (tx) => steal.execute(tx)));
  expect(await attempt(EAO, (tx) => steal.execute(tx))).toBe(DENIED);
});

it('an executor sees what is told to them, and neither how mail goes out nor to whom', async () => {
  await withScope(db, ROADS_PERSON, async (tx) => {
    for (const table of ['mail_setting', 'mail'] as const)
      expect(await tx.selectFrom(table).select('region_id').execute()).toEqual([]);
    for (const table of ['notice', 'notice_bot', 'notice_choice'] as const)
      expect(await tx.selectFrom(table).select('account_id').execute()).toEqual([{ account_id: 'r-1' }]);
  });
  // An agency without a person is nobody.
  await withScope(db, EAO_ROADS, async (tx) => {
    expect(await tx.selectFrom('notice_choice').select('account_id').execute()).toEqual([]);
  });
});

it('an executor redirects nobody’s mails and makes none', async () => {
  await withScope(db, ROADS_PERSON, async (tx) => {
    const others = tx
      .updateTable('notice_choice')
      .set({ address: 'thief@example.org' })
      .where('account_id', '=', 'h-1');
    expect((await others.executeTakeFirst()).numUpdatedRows).toBe(0n);
    const chats = tx.updateTable('notice_bot').set({ peer: 'thief' }).where('account_id', '=', 'h-1');
    expect((await chats.executeTakeFirst()).numUpdatedRows).toBe(0n);
  });
  const attacks: ((tx: ScopedTransaction) => Promise<unknown>)[] = [
    (tx) => tx.insertInto('mail').values(mail('r-1', 5)).execute(),
    (tx) => tx.insertInto('notice').values(notice('h-1', 5)).execute(),
    (tx) => tx.updateTable('notice_choice').set({ account_id: 'h-2' }).execute(),
    (tx) => tx.updateTable('notice_bot').set({ account_id: 'h-2' }).execute(),
    (tx) => tx.insertInto('notice_bot').values(bot('h-3')).execute(),
    (tx) => tx.updateTable('notice').set({ incident_id: ids.eaoRoads }).execute(),
  ];
  for (const attack of attacks) expect(await attempt(ROADS_PERSON, attack)).toBe(DENIED);
});

it('what is told to an executor leads to no incident that their agency never had', async () => {
  await withScope(db, ROADS_PERSON, async (tx) => {
    const told = tx
      .selectFrom('notice as n')
      .innerJoin('incident as i', 'i.id', 'n.incident_id')
      .select('i.id');
    expect(await told.execute()).toEqual([]);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { periodAround } from '#shared/report/facts/period.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import { readTable } from '#shared/exchange/table-read.ts';
import { rowReader } from '#shared/exchange/row-reader.ts';
import type { UnreadIncident } from '#shared/exchange/export-row.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { reportOf } from '#server/report/report-of.ts';
import { withScope } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
let me: TestClient;
let whole: string;
beforeAll(async () => {
  base = await syncDatabase();
  me = new TestClient(base.db, sessionOfRole('operator'));
  whole = await me.register('Целое сообщение');
});
afterAll(() => base.stop());

/** Ways in which a row may be spoilt: by a hand, a half-done restore, or a release that never was. */
const SPOILT: Readonly<Record<string, string>> = {
  'no assignments': `row - 'assignments'`,
  'replies of another kind': `jsonb_set(row, '{replies}', '"нет"')`,
  'no step': `row - 'step'`,
  'a history of nothing': `jsonb_set(row, '{history}', '[null]')`,
  'kept cells of another kind': `jsonb_set(row, '{imported}', '{"cells": "нет", "version": 1}')`,
  'no source': `row - 'source'`,
};

async function spoil(id: string, how: string): Promise<void> {
  await withScope(base.owner, { region: 'eao' }, async (tx) => {
    await sql`update sync_clock set v = v + 1 where region_id = 'eao'`.execute(tx);
    await sql`update incident set row = ${sql.raw(how)},
        v = (select v from sync_clock where region_id = 'eao')
      where id = ${id}`.execute(tx);
  });
}

const rowOf = async (id: string): Promise<Incident> => {
  const { row } = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return row as unknown as Incident;
};

async function exported(): Promise<{ readonly text: string; readonly unread: readonly UnreadIncident[] }> {
  const unread: UnreadIncident[] = [];
  const job = {
    region: 'eao',
    format: 'csv',
    from: 0,
    to: Date.UTC(2100, 0, 1),
    onUnread: (named: UnreadIncident): void => void unread.push(named),
  } as const;
  let text = '';
  for await (const piece of must(await exportTable(base.db, job, Date.now()), 'a region'))
    text += new TextDecoder().decode(piece);
  return { text, unread };
}

const thisMonth = (zone: string) => {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
  return { form: 'month', ...periodAround('month', today, zone) } as const;
};

test.each(Object.entries(SPOILT))('a row with %s takes no others with it', async (_name, how) => {
  const id = await me.register('Испорченное сообщение');
  const { number } = await rowOf(id);
  const before = must(await reportOf(base.db, 'eao', thisMonth, Date.now()), 'the region');
  await spoil(id, how);

  const { text, unread } = await exported();
  expect(text).toContain('Целое сообщение');
  const named = unread.find((incident) => incident.id === id);
  expect(named?.number ?? number).toBe(number);
  expect(text).toContain(named === undefined ? 'Испорченное сообщение' : `Инцидент ${id} не выгружен`);

  const after = must(await reportOf(base.db, 'eao', thisMonth, Date.now()), 'the region');
  expect(after.received + (after.unread?.includes(String(number)) === true ? 1 : 0)).toBe(before.received);
});

test('what stands in the place of an unread row is refused by an import, and never read as an incident', async () => {
  const id = await me.register('Испорченное сообщение');
  await spoil(id, must(SPOILT['no step'], 'a way'));
  const { text } = await exported();
  const table = await readTable(bytesSource(new TextEncoder().encode(text)));
  const read = rowReader(table.header, 'Asia/Vladivostok');
  const results = [];
  for await (const group of table.rows) results.push(...group.map(read));
  const refused = results.flatMap((result) => (result.ok ? [] : [result.error]));
  expect(refused.at(-1)).toMatchObject({ kind: 'missing_value', column: 'Текст инцидента' });
  expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(0);
});

test('a reference row that cannot be read takes no others with it', async () => {
  const rows = [
    { kind: 'agency', id: 'broken', row: { id: 'broken', name: '' } },
    { kind: 'topic', id: 'broken', row: { name: 5 } },
    { kind: 'campaign', id: '0197a000-0000-7000-8000-0000000000ff', row: { title: [] } },
  ] as const;
  await withScope(base.db, { region: 'eao' }, (tx) => upsertReference(tx, 'eao', rows as never));
  const outcome = await me.do(whole, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  expect(outcome).toMatchObject({ status: 'applied' });
  expect((await exported()).text).toContain('Целое сообщение');
  expect(await reportOf(base.db, 'eao', thisMonth, Date.now())).not.toBeNull();
});

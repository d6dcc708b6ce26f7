import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { importFile } from '#server/exchange/import-file.ts';
import { withScope } from '#server/store/database.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { HEADERS, csvOf, numberedCells, sampleCells, xlsxOf } from '#tests/fixtures/exchange.ts';
import { cellsOf, counted, importDesk } from '#tests/helpers/import-desk.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestClient, sessionOfRole, syncDatabase } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const { newRegion, load, incidents, exported } = importDesk(() => base);
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(async () => base.stop());

const sample = (): ByteSource =>
  bytesSource(readFileSync(new URL('../../../fixtures/registry-export-sample.xlsx', import.meta.url)));

const many = (from: number, to: number): RawCell[][] =>
  Array.from({ length: to - from + 1 }, (_, at) => numberedCells(from + at));

describe('the registry sample', () => {
  test('comes in and goes out cell by cell, through the database', async () => {
    const region = await newRegion();
    expect(counted(await load(region, sample()))).toEqual({
      read: 5,
      created: 5,
      updated: 0,
      unchanged: 0,
      refused: 0,
    });
    expect(await cellsOf(await exported(region))).toEqual(await cellsOf(sample()));
  });

  test('changes nothing the second time, nor as our own export, xlsx or csv', async () => {
    const region = await newRegion();
    await load(region, sample());
    const before = await incidents(region);
    const same = { read: 5, created: 0, updated: 0, unchanged: 5, refused: 0 };
    expect(counted(await load(region, sample()))).toEqual(same);
    expect(counted(await load(region, await exported(region)))).toEqual(same);
    expect(counted(await load(region, await exported(region, 'csv')))).toEqual(same);
    expect(await incidents(region)).toEqual(before);
  });

  test('brings names the region did not know into its directory, each once', async () => {
    const region = await newRegion();
    const { added } = await load(region, sample());
    expect(added).toEqual({ agencies: 5, municipalities: 5, topics: 1 });
    const rows = await withScope(base.db, { region }, (tx) => readReferenceRows(tx, region, 'agency'));
    const mayor = rows
      .map(({ row }) => row as { name: string; units: string[]; seenInImport?: boolean })
      .find(({ name }) => name.startsWith('Мэрия'));
    expect(mayor).toMatchObject({
      name: 'Мэрия города Биробиджана',
      units: ['Управление ЖКХ'],
      seenInImport: true,
    });
    expect((await load(region, sample())).added).toEqual({ agencies: 0, municipalities: 0, topics: 0 });
  });

  test('leaves a deadline on what is still at work and none on what is done', async () => {
    const region = await newRegion();
    await load(
      region,
      xlsxOf([
        HEADERS,
        numberedCells(1),
        numberedCells(2, { step: 'В работе', closedAt: null, satisfactionAt: null, closingReason: null }),
      ]),
    );
    expect((await incidents(region)).map(({ step, due }) => [step.name, due !== null])).toEqual([
      ['done', false],
      ['in_progress', true],
    ]);
  });
});

describe('a second file', () => {
  test('with a changed row updates an untouched incident; its history goes on', async () => {
    const region = await newRegion();
    const open = {
      step: 'Оценка удовлетворенности',
      closedAt: null,
      closingReason: null,
      lifetime: null,
      notes: 'Позвонили',
    };
    await load(region, xlsxOf([HEADERS, numberedCells(1, open), numberedCells(2)]));
    const newer = numberedCells(1, { notes: 'Позвонили,Закрыли' });
    expect(counted(await load(region, xlsxOf([HEADERS, newer, numberedCells(2)])))).toEqual({
      read: 2,
      created: 0,
      updated: 1,
      unchanged: 1,
      refused: 0,
    });
    const [incident] = await incidents(region);
    expect(incident?.step.name).toBe('done');
    expect(incident?.notes.map(({ text }) => text)).toEqual(['Позвонили', 'Закрыли']);
    expect((await cellsOf(await exported(region)))[1]).toEqual(newer);
  });

  test('without some columns takes nothing away', async () => {
    const region = await newRegion();
    await load(region, xlsxOf([HEADERS, numberedCells(1)]));
    const few = HEADERS.map((_, at) => at).filter(
      (at) => !['Улица', 'Дом', 'Отдел'].includes(must(HEADERS[at], 'a header')),
    );
    const pick = (cells: readonly RawCell[]): RawCell[] => few.map((at) => cells[at] ?? null);
    expect(counted(await load(region, xlsxOf([pick(HEADERS), pick(numberedCells(1))])))).toMatchObject({
      unchanged: 1,
    });
    expect(
      counted(await load(region, xlsxOf([pick(HEADERS), pick(numberedCells(1, { tags: 'дети' }))]))),
    ).toMatchObject({ updated: 1 });
    expect((await cellsOf(await exported(region)))[1]).toEqual(numberedCells(1, { tags: 'дети' }));
  });

  test('never overwrites work done here', async () => {
    const region = await newRegion();
    await load(region, xlsxOf([HEADERS, numberedCells(1), numberedCells(2)]));
    const [first] = await incidents(region);
    const client = new TestClient(base.db, sessionOfRole('operator', { region }));
    await client.do(must(first, 'one').id, 'note', { text: 'Наша заметка' });
    const result = await load(
      region,
      xlsxOf([HEADERS, numberedCells(1, { tags: 'новое' }), numberedCells(2, { tags: 'новое' })]),
    );
    expect(counted(result)).toEqual({ read: 2, created: 0, updated: 1, unchanged: 0, refused: 1 });
    expect(result.refused).toMatchObject([{ row: 2, column: 'ID', kind: 'changed_here', value: '40000001' }]);
    expect((await incidents(region))[0]?.notes.map(({ text }) => text)).toEqual(['Наша заметка']);
  });

  test('of our own making brings back incidents registered here as unchanged', async () => {
    const region = await newRegion();
    const client = new TestClient(base.db, sessionOfRole('operator', { region }));
    await client.register('Яма у школы');
    expect(counted(await load(region, await exported(region)))).toEqual({
      read: 1,
      created: 0,
      updated: 0,
      unchanged: 1,
      refused: 0,
    });
  });

  test('may carry a number that was given here: the registry counts on its own', async () => {
    const region = await newRegion();
    const client = new TestClient(base.db, sessionOfRole('operator', { region }));
    await client.register('Яма у школы');
    const number = must((await incidents(region))[0]?.number, 'a number');
    const file = xlsxOf([HEADERS, numberedCells(1, { number }), numberedCells(2)]);
    expect(counted(await load(region, file))).toMatchObject({ created: 2, refused: 0 });
    expect(counted(await load(region, file))).toMatchObject({ created: 0, unchanged: 2 });
    expect((await incidents(region)).filter((incident) => incident.number === number)).toHaveLength(2);
  });

  test('without an ID does not touch what was registered here under its number', async () => {
    const region = await newRegion();
    const client = new TestClient(base.db, sessionOfRole('operator', { region }));
    await client.register('Яма у школы');
    const number = must((await incidents(region))[0]?.number, 'a number');
    const result = await load(region, xlsxOf([HEADERS, numberedCells(1, { number, id: null })]));
    expect(result.refused).toMatchObject([{ row: 2, column: 'Номер инцидента', kind: 'changed_here' }]);
  });
});

test('a row that would be larger than one incident may be is told, and the others arrive', async () => {
  const region = await newRegion();
  const wide = Array.from({ length: 20 }, (_, at) => `Столбец ${at}`);
  const cells = (text: string): RawCell[] => wide.map(() => text);
  const result = await load(
    region,
    xlsxOf([
      [...HEADERS, ...wide],
      [...numberedCells(1), ...cells('я'.repeat(32_000))],
      [...numberedCells(2), ...cells('коротко')],
    ]),
  );
  expect(counted(result)).toMatchObject({ read: 2, created: 1, refused: 1 });
  expect(result.refused).toMatchObject([{ row: 2, column: 'ID', kind: 'incident_full', value: '40000001' }]);
});

test('bad rows are told with row, column and reason; every good row arrives, in its order', async () => {
  const region = await newRegion();
  const bad: [Partial<Record<string, RawCell>>, string, string][] = [
    [{ createdAt: 'вчера' }, 'Дата создания', 'broken_date'],
    [{ createdAt: null }, 'Дата создания', 'missing_value'],
    [{ text: null }, 'Текст инцидента', 'missing_value'],
    [{ number: 'без номера' }, 'Номер инцидента', 'bad_number'],
    [{ createdAt: '01/02/2025' }, 'Дата создания', 'ambiguous_date'],
    [{ text: '#ИМЯ?' }, 'Текст инцидента', 'error_cell'],
    [{ id: '3,95E+07' }, 'ID', 'bad_number'],
    [{ text: `'${'я'.repeat(100_001)}` }, 'Текст инцидента', 'too_long'],
    [{ id: 40_000_001 }, 'ID', 'duplicate_id'],
    [{ id: null, number: 30_001 }, 'Номер инцидента', 'duplicate_number'],
  ];
  const rows = bad.flatMap(([change], at) => [numberedCells(2 * at + 1), numberedCells(2 * at + 2, change)]);
  const result = await load(region, csvOf([HEADERS, ...rows]));
  expect(counted(result)).toEqual({ read: 20, created: 10, updated: 0, unchanged: 0, refused: 10 });
  expect(result.refused.map(({ row, column, kind }) => [row, column, kind])).toEqual(
    bad.map(([, column, kind], at) => [2 * at + 3, column, kind]),
  );
  expect(result.refused[0]?.message).toBe(
    'строка 3, столбец «Дата создания»: дата не читается, нужна вида 2025-12-17 20:11:05 («вчера»)',
  );
});

test('characters PostgreSQL cannot store do not lose a row', async () => {
  const region = await newRegion();
  const source = csvOf([HEADERS, numberedCells(1, { text: `'Нуль \u0000 и половина \ud83d` })]);
  expect(counted(await load(region, source))).toMatchObject({ created: 1, refused: 0 });
});

test('more rows than one revision holds arrive in several, and a file broken at its end keeps its good beginning', async () => {
  const region = await newRegion();
  const rows = many(1, 1200);
  const lines = [HEADERS, ...rows].map((cells) => cells.map((cell) => cell ?? '').join('\t'));
  const text = `${lines.join('\n')}\n${'я'.repeat(1_100_000)}`;
  const result = await load(region, bytesSource(new TextEncoder().encode(text)));
  expect(counted(result)).toEqual({ read: 1200, created: 1200, updated: 0, unchanged: 0, refused: 1 });
  expect(result.refused).toMatchObject([{ row: 1202, kind: 'cell_too_long' }]);
  expect(result.isReadable).toBe(false);
  const heads = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('sync_clock').select('v').where('region_id', '=', region).executeTakeFirstOrThrow(),
  );
  const perRevision = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('incident').select('v').where('region_id', '=', region).execute(),
  );
  expect(perRevision).toHaveLength(1200);
  expect(
    Math.max(
      ...Map.groupBy(perRevision, ({ v }) => v)
        .values()
        .map((group) => group.length),
    ),
  ).toBeLessThanOrEqual(500);
  expect(Math.max(...perRevision.map(({ v }) => v))).toBe(heads.v);
});

test('what was imported is on record', async () => {
  const region = await newRegion();
  await load(region, xlsxOf([HEADERS, sampleCells(), sampleCells()]));
  const [run] = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('import_run').selectAll().where('region_id', '=', region).execute(),
  );
  expect(run).toMatchObject({ read: 2, created: 1, file_name: 'file.xlsx', actor: 'operator-1' });
  const [line] = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('audit').selectAll().where('region_id', '=', region).execute(),
  );
  expect(line).toMatchObject({ action: 'import', detail: { read: 2, created: 1, refused: 1 } });
});

test('there is no region: nothing happens', async () => {
  const job = {
    region: 'nowhere',
    source: sample(),
    fileName: '',
    actor: 'operator-1',
    origin: { address: '' },
    language: 'ru',
  } as const;
  expect(await importFile(base.db, job, Date.now())).toBeNull();
});

test('rows of two cabinets may have one number: their IDs tell them apart', async () => {
  const region = await newRegion();
  const rows = [numberedCells(1), numberedCells(2, { number: 30_001, cabinet: 'Другой кабинет' })];
  const same = { read: 2, created: 0, updated: 0, unchanged: 2, refused: 0 };
  expect(counted(await load(region, xlsxOf([HEADERS, ...rows])))).toEqual({
    ...same,
    created: 2,
    unchanged: 0,
  });
  expect(counted(await load(region, await exported(region)))).toEqual(same);
});

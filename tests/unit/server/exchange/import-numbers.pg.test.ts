import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIRST_NUMBERS, HIGHEST_NUMBER } from '#shared/domain/incident-number.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { importFile, type ImportSummary } from '#server/exchange/import-file.ts';
import { must } from '#shared/domain/must.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import { withScope } from '#server/store/database.ts';
import { csvOf, HEADERS, joined, numberedCells, xlsxOf } from '#tests/fixtures/exchange.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { makeRegion, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
let regions = 0;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

async function newRegion(): Promise<string> {
  regions += 1;
  await makeRegion(base, `n${regions}`);
  return `n${regions}`;
}

async function load(region: string, source: ByteSource): Promise<ImportSummary> {
  const job = {
    region,
    source,
    fileName: 'file',
    actor: 'operator-1',
    origin: { address: '' },
    language: 'ru',
  } as const;
  return must(await importFile(base.db, job, Date.now()), region);
}

const numbersIn = (region: string): Promise<(number | null)[]> =>
  withScope(base.db, { region }, async (tx) =>
    (await tx.selectFrom('incident').select('number').orderBy('number').execute()).map(
      ({ number }) => number,
    ),
  );

async function exported(region: string): Promise<ByteSource> {
  const job = { region, format: 'csv', from: 0, to: Date.UTC(2100, 0, 1) } as const;
  const pieces: Uint8Array[] = [];
  for await (const piece of must(await exportTable(base.db, job, Date.now()), region)) pieces.push(piece);
  return bytesSource(joined(pieces));
}

const counted = ({ read, created, refusedTotal }: ImportSummary) => ({
  read,
  created,
  refused: refusedTotal,
});

describe('the largest number the registry may give', () => {
  test.each([
    ['with its ID', 40_000_001],
    ['without one', null],
  ] as const)('%s leaves registration as it was', async (_how, id) => {
    const region = await newRegion();
    const client = new TestClient(base.db, sessionOfRole('operator', { region }));
    expect(
      counted(await load(region, xlsxOf([HEADERS, numberedCells(1, { id, number: HIGHEST_NUMBER })]))),
    ).toMatchObject({ created: 1, refused: 0 });
    await client.register('Яма у школы');
    expect(await numbersIn(region)).toEqual([FIRST_NUMBERS.usual, HIGHEST_NUMBER]);
  });

  test('may be one that is given here later, even without an ID', async () => {
    const region = await newRegion();
    const client = new TestClient(base.db, sessionOfRole('operator', { region }));
    const rows = [numberedCells(1, { id: null, number: FIRST_NUMBERS.usual })];
    await load(region, xlsxOf([HEADERS, ...rows]));
    await client.register('Яма у школы');
    expect(await numbersIn(region)).toEqual([FIRST_NUMBERS.usual, FIRST_NUMBERS.usual]);
    expect(counted(await load(region, await exported(region)))).toMatchObject({ read: 2, created: 0 });
  });

  test.each([
    ['Номер инцидента', 'number', HIGHEST_NUMBER + 1],
    ['Номер инцидента', 'number', '99999999999999999999'],
    ['Номер инцидента', 'number', -1],
    ['Номер инцидента', 'number', 1.5],
    ['Номер инцидента', 'number', '1e309'],
    ['ID', 'id', '9007199254740993'],
    ['ID', 'id', -5],
  ])(
    'is not passed: %s, %s %s is refused by name, and the rows beside it arrive',
    async (column, key, value) => {
      const region = await newRegion();
      const file = csvOf([HEADERS, numberedCells(1), numberedCells(2, { [key]: value }), numberedCells(3)]);
      const result = await load(region, file);
      expect(counted(result)).toMatchObject({ read: 3, created: 2, refused: 1 });
      expect(result.refused).toMatchObject([{ row: 3, column, kind: 'bad_number' }]);
    },
  );
});

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { backUp } from '#server/backup/back-up.ts';
import { writeBackup, type BackupHead, type BackupRow } from '#server/backup/backup-file.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { MIGRATIONS } from '#server/store/migrate.ts';
import { addRegion } from '#server/store/add-region.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

/** Rows as a program of migration 023 wrote them: head, then a row a line. */
const LINES = readFileSync(join(root, 'tests/fixtures/backups/023-unused-photos.ndjson'), 'utf8')
  .trimEnd()
  .split('\n');
const HEAD = JSON.parse(must(LINES[0], 'a head')) as BackupHead;
const ROWS = LINES.slice(1).map((line): BackupRow => {
  const space = line.indexOf(' ');
  return { table: line.slice(0, space), json: line.slice(space + 1) };
});
const NOW = Date.UTC(2026, 10, 29);

let target: FreshDatabase;
let folder: string;
let file: string;
beforeEach(async () => {
  target = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'pult-older-backup-'));
  file = join(folder, 'backup.ndjson.gz');
});
afterEach(async () => {
  await Promise.all([target.stop(), rm(folder, { recursive: true })]);
});

const written = (rows: readonly BackupRow[], migrations = HEAD.migrations): Promise<number> =>
  writeBackup(
    file,
    { ...HEAD, migrations },
    (async function* () {
      yield* rows;
    })(),
  );

const incidentsOf = (db: Database) =>
  withScope(db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select(['id', 'number', 'row']).orderBy('id').execute(),
  );

test('a backup of an older program is restored and brought up to date, with the rights of the API', async () => {
  expect(await restoreBackup(target.owner, (await written(ROWS), file), NOW)).toEqual({
    rows: ROWS.length,
    regions: 1,
  });
  const incidents = ROWS.filter(({ table }) => table === 'incident')
    .map(
      ({ json }) =>
        JSON.parse(json) as { readonly id: string; readonly number: number; readonly row: object },
    )
    .map(({ id, number, row }) => ({ id, number, row }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(incidents).toHaveLength(4);
  expect(await incidentsOf(target.db)).toEqual(incidents);
  const { rows, calendar, clock } = await withScope(target.owner, { region: 'eao' }, async (tx) => ({
    rows: await tx.selectFrom('event').select('n').execute(),
    calendar: await tx
      .selectFrom('reference')
      .select('row')
      .where('kind', '=', 'calendar')
      .executeTakeFirstOrThrow(),
    clock: await tx.selectFrom('sync_clock').select(['v', 'last_number']).executeTakeFirstOrThrow(),
  }));
  expect(rows).toHaveLength(ROWS.filter(({ table }) => table === 'event').length);
  // Of migrations 028 and 025: the calendar of 2020, and numbers above the registry's.
  expect(calendar.row).toHaveProperty(['days', '2020-01-01']);
  expect(Number(clock.last_number)).toBeGreaterThanOrEqual(1_000_000);
  expect(await backUp(target.owner, join(folder, 'again.gz'), NOW)).toMatchObject({ regions: 1 });
});

test('a cut or foreign one changes nothing, and a newer one is refused by name', async () => {
  await written([...ROWS, { table: 'incident', json: '{"region_id":"eao"}' }]);
  await expect(restoreBackup(target.owner, file, NOW)).rejects.toMatchObject({ code: '23502' });
  const names = MIGRATIONS.map(({ name }) => name);
  await written(ROWS, [...names, '999-of-tomorrow']);
  await expect(restoreBackup(target.owner, file, NOW)).rejects.toMatchObject({ kind: 'bad_backup' });
  await written(ROWS, []);
  await expect(restoreBackup(target.owner, file, NOW)).rejects.toMatchObject({ kind: 'bad_backup' });
  // The tables are still today's.
  await addRegion(target.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
  expect(await incidentsOf(target.db)).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { migrate } from '#server/store/migrate.ts';
import { earlierCalendars } from '#server/store/migrations/028-earlier-calendars.ts';
import { readReferenceRows, upsertReference } from '#server/sync/reference.ts';
import { applyAgain } from '#tests/helpers/apply-again.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

let base: FreshDatabase;
beforeAll(async () => {
  base = await freshDatabase();
});
afterAll(() => base.stop());

/** The calendar regions began with before 2018 to 2020 were known. */
function asShipped(zone: string): WorkingCalendar {
  const { days, ...rest } = defaultWorkingCalendar(zone);
  const kept = Object.entries(days).filter(([date]) => date >= '2021-01-01');
  return { ...rest, days: Object.fromEntries(kept) };
}

async function regionWith(code: string, row: WorkingCalendar): Promise<void> {
  await addRegion(base.owner, { code, name: code, timeZone: row.zone });
  await withScope(base.owner, { region: code }, (tx) =>
    upsertReference(tx, code, [{ kind: 'calendar', id: 'calendar', row }]),
  );
}

const stateOf = (region: string) =>
  withScope(base.db, { region }, async (tx) => {
    const [calendar] = await readReferenceRows(tx, region, 'calendar');
    const { v } = await tx.selectFrom('sync_clock').select('v').executeTakeFirstOrThrow();
    const log = await tx.selectFrom('change_log').select(['v', 'entity', 'op']).orderBy('v').execute();
    return { row: calendar?.row, v, log };
  });

test('calendars nobody edited get the earlier years, in every zone, and consoles hear of it; edited ones stay', async () => {
  const edited = asShipped('Europe/Moscow');
  const own = { ...edited, days: { ...edited.days, '2026-07-01': 'off' as const } };
  await regionWith('eao', asShipped('Asia/Vladivostok'));
  await regionWith('komi', asShipped('Europe/Moscow'));
  await regionWith('own', own);
  await applyAgain(base.owner, earlierCalendars);
  expect(await migrate(base.ownerUrl)).toEqual([]);
  for (const [region, zone] of [
    ['eao', 'Asia/Vladivostok'],
    ['komi', 'Europe/Moscow'],
  ] as const)
    expect(await stateOf(region)).toEqual({
      row: defaultWorkingCalendar(zone),
      v: 2,
      log: [
        { v: 1, entity: 'calendar', op: 'put' },
        { v: 2, entity: 'calendar', op: 'put' },
      ],
    });
  expect(await stateOf('own')).toMatchObject({ row: own, v: 1 });
});

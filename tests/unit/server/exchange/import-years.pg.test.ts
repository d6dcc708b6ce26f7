import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { reportOf } from '#server/report/report-of.ts';
import { counted, importDesk } from '#tests/helpers/import-desk.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { importFixture } from '#tests/helpers/read-outcome.ts';
import { syncDatabase } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const { newRegion, load } = importDesk(() => base);
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(async () => base.stop());

/** Answers to messages of a month, by the clocks of its summary. */
async function answersOf(region: string, month: string) {
  const request = () => ({ form: 'month', from: `${month}-01`, to: `${month}-31` }) as const;
  const report = must(await reportOf(base.db, region, request, Date.UTC(2026, 10, 28)), 'a summary');
  const { working, wall } = report.firstReply;
  return [working.meanMinutes, wall.meanMinutes, report.withoutCalendar];
}

test('a registry’s rows over the New Year of 2019 and of 2020 are counted without its holidays', async () => {
  const region = await newRegion();
  expect(counted(await load(region, importFixture('created-year.csv')))).toMatchObject({
    created: 2,
    refused: 0,
  });
  // Friday 28th from 16:00, and Saturday the 29th, a shortened working day; then Tuesday the 31st from 16:00
  // to 17:00.
  expect(await answersOf(region, '2018-12')).toEqual([120 + 480, 16_860, undefined]);
  expect(await answersOf(region, '2019-12')).toEqual([60, 12_540, undefined]);
});

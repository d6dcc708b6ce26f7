import { must } from '#shared/domain/must.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { periodAround } from '#shared/report/facts/period.ts';
import { sheetPage } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { fontFace } from '#server/report/font-face.ts';
import { pdfOf } from '#server/report/pdf.ts';
import { reportOf } from '#server/report/report-of.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { freshDatabase } from '#tests/helpers/postgres.ts';
import type { Goal } from './goals.ts';
import { spentOn, timed, wallOf, type Spent } from './timed.ts';

const REGION = 'eao';
const ZONE = 'Asia/Vladivostok';
/** Incidents of a busy month. */
const MONTH_OF = 7000;
const period = periodAround('month', '2022-01-01', ZONE);

async function wholeExport(db: Database): Promise<void> {
  const job = { region: REGION, format: 'xlsx', from: period.start, to: period.end } as const;
  let bytes = 0;
  for await (const part of must(await exportTable(db, job, period.end), 'a region')) bytes += part.length;
  if (bytes === 0) throw new Error('Nothing was exported');
}

/**
 * Measures the forms a finished month goes out in: its full summary on paper and in a workbook, and its
 * incidents in the registry's 47 columns.
 */
export async function benchReportForms(repetitions: number): Promise<readonly Goal[]> {
  const database = await freshDatabase();
  const { owner, db } = database;
  try {
    await addRegion(owner, { code: REGION, name: 'Область', timeZone: ZONE });
    const incidents = randomIncidents(1, MONTH_OF, period.start, period.end);
    await withScope(db, { region: REGION }, (tx) =>
      storeMany(
        tx,
        REGION,
        incidents.map((after) => ({ before: null, after, events: [] })),
        period.end,
      ),
    );
    const { from, to } = period;
    const report = must(await reportOf(db, REGION, { form: 'month', from, to }, period.end), 'a region');
    const font = await fontFace();
    const forms: readonly (readonly [string, number, () => unknown])[] = [
      ['PDF of the full month, browser and all', 5000, () => pdfOf(sheetPage(report, 'ru', font, 'full'))],
      ['workbook of the month', 1000, () => writeWorkbook(summaryBook(report, 'ru'))],
      ['xlsx of its incidents, 47 columns', 3000, () => wholeExport(db)],
    ];
    const goals: Goal[] = [];
    for (const [title, limit, make] of forms) {
      const spent: Spent[] = [];
      for (let round = 0; round < repetitions; round += 1) spent.push(await timed(make));
      const where = `a month of ${MONTH_OF.toLocaleString('en-US')} incidents`;
      goals.push({ where, title, limit, measured: wallOf(spent), unit: 'ms', detail: spentOn(spent) });
    }
    return goals;
  } finally {
    await database.stop();
  }
}

import { isDeepStrictEqual } from 'node:util';
import { must } from '#shared/domain/must.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { readSnapshotPage } from '#renderer/data/sync/snapshot-page.ts';
import type { World } from './oracle.ts';
import { ReportDesk, reportOfRows } from './report-desk.ts';

/**
 * Checks that the month's summary from a console's columns is that of the rows it holds, and the API's
 * that of its rows, each brought up to date from where it was.
 */
export async function judgeReports({ region, time, consoles, desks }: World, c: number): Promise<void> {
  const { store, base } = must(consoles[c], 'a console');
  const desk = desks.get(c) ?? new ReportDesk();
  desks.set(c, desk);
  const held = { incidents: store.allViews(), reference: await store.reference() };
  const asOf = time.now();
  same(`${base.id}: the month of the columns`, await desk.report(region.code, held, asOf), () =>
    reportOfRows(region.code, held, asOf),
  );
  const centres = await region.report(asOf);
  if (centres === null) return;
  const operator = { id: 'summary', role: 'operator', agency: null } as const;
  const bytes = await region.transport(operator, time.now).snapshot({ part: 'reference', after: '' });
  const page = bytes.ok ? await readSnapshotPage(bytes.value) : bytes;
  if (!page.ok) throw new Error('no reference rows');
  const all = { incidents: await region.rows(), reference: page.value.reference };
  same('the month of the API', centres, () => reportOfRows(region.code, all, asOf));
}

function same(whose: string, report: PeriodReport, expected: () => PeriodReport): void {
  const other = expected();
  if (isDeepStrictEqual(report, other)) return;
  const lines = Object.keys(other) as (keyof PeriodReport)[];
  const differing = lines.filter((line) => !isDeepStrictEqual(report[line], other[line]));
  throw new Error(`${whose} is another in ${differing.join(', ')}`);
}

/** Puts away what the desks of a history have stored. */
export async function closeDesks({ desks }: Pick<World, 'desks'>): Promise<void> {
  for (const desk of desks.values()) await desk.close();
}

import { dayOfDate, type ZoneName } from '#shared/domain/time-zone.ts';
import { periodAround, type PeriodForm, type ReportRequest } from '#shared/report/period.ts';

/** What may stand after `/reports/`: `2022-01`, `2022-Q1`, `2022`, `week-2022-01-03`, `2022-01-05..2022-01-20`. */
export function requestAt(address: string, zone: ZoneName): ReportRequest | null {
  const around = (form: PeriodForm, date: string): ReportRequest | null => {
    if (dayOfDate(date) === null) return null;
    const { from, to } = periodAround(form, date, zone);
    return { form, from, to };
  };
  if (/^\d{4}-\d{2}$/.test(address)) return around('month', `${address}-01`);
  if (/^\d{4}$/.test(address)) return around('year', `${address}-01-01`);
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(address) ?? [];
  if (quarter !== undefined)
    return around('quarter', `${year}-${String(Number(quarter) * 3).padStart(2, '0')}-01`);
  const [, day] = /^week-(\d{4}-\d{2}-\d{2})$/.exec(address) ?? [];
  if (day !== undefined) return around('week', day);
  const [, from = '', to = ''] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(address) ?? [];
  if (dayOfDate(from) === null || dayOfDate(to) === null || to < from) return null;
  return { form: 'custom', from, to };
}

/** The address of a summary, as {@link requestAt} reads it. */
export function addressOf({ form, from, to }: ReportRequest): string {
  switch (form) {
    case 'month':
      return from.slice(0, 7);
    case 'year':
      return from.slice(0, 4);
    case 'quarter':
      return `${from.slice(0, 4)}-Q${Math.ceil(Number(from.slice(5, 7)) / 3)}`;
    case 'week':
      return `week-${from}`;
    case 'custom':
      return `${from}..${to}`;
  }
}

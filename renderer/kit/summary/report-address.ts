import { dayOfDate, type ZoneName } from '#shared/domain/time-zone.ts';
import {
  isReportable,
  periodAround,
  type PeriodForm,
  type ReportRequest,
} from '#shared/report/facts/period.ts';
import { SHEET_SIZES, type SheetSize } from '#shared/report/paper/sheet.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/**
 * Reads the part of an address after `/reports/`: `2022-01`, `2022-Q1`, `2022`, `week-2022-01-03`,
 * `2022-01-05..2022-01-20`.
 */
export function requestAt(address: string, zone: ZoneName): ReportRequest | null {
  const around = (form: PeriodForm, date: string): ReportRequest | null => {
    if (dayOfDate(date) === null) return null;
    const { from, to } = periodAround(form, date, zone);
    return isReportable({ from, to }) ? { form, from, to } : null;
  };
  if (/^\d{4}-\d{2}$/.test(address)) return around('month', `${address}-01`);
  if (/^\d{4}$/.test(address)) return around('year', `${address}-01-01`);
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(address) ?? [];
  if (quarter !== undefined)
    return around('quarter', `${year}-${String(Number(quarter) * 3).padStart(2, '0')}-01`);
  const [, day] = /^week-(\d{4}-\d{2}-\d{2})$/.exec(address) ?? [];
  if (day !== undefined) return around('week', day);
  const [, from = '', to = ''] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(address) ?? [];
  if (dayOfDate(from) === null || dayOfDate(to) === null || !isReportable({ from, to })) return null;
  return { form: 'custom', from, to };
}

/** The address of a summary's period, as {@link requestAt} reads it. */
export function addressOf({ form, from, to }: Pick<ReportRequest, 'form' | 'from' | 'to'>): string {
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

/** The part of a summary that is on the screen. */
export interface ReportPlace {
  readonly size: SheetSize;
  /** The figure whose incidents are open. */
  readonly figure: string | null;
  /** Number of the issue shown instead of the summary as it is now. */
  readonly issue: number | null;
  /** True when what changed since that issue is shown instead of the issue itself. */
  readonly isDiff: boolean;
}

export const PLAIN: ReportPlace = { size: 'short', figure: null, issue: null, isDiff: false };

/** The place after the question mark of an address; what does not fit is left out. */
export function placeAt(search: string): ReportPlace {
  const query = new URLSearchParams(search);
  const number = /^[1-9]\d{0,5}$/.exec(query.get('issue') ?? '')?.[0];
  return {
    size: memberOf(SHEET_SIZES, query.get('size')) ?? 'short',
    figure: query.get('figure'),
    issue: number === undefined ? null : Number(number),
    isDiff: number !== undefined && query.get('show') === 'changes',
  };
}

/** The request of an address with the stretch it is compared with: `?compare=2021-06`. */
export function withCompared(request: ReportRequest, search: string, zone: ZoneName): ReportRequest {
  const compared = requestAt(new URLSearchParams(search).get('compare') ?? '', zone);
  return compared === null ? request : { ...request, compare: { from: compared.from, to: compared.to } };
}

/** `/reports/2022-01?compare=2021-06&size=full&figure=received` */
export function pathOf(request: ReportRequest, { size, figure, issue, isDiff }: ReportPlace): string {
  const query = new URLSearchParams();
  if (request.compare !== undefined) query.set('compare', stretchAddress(request.compare));
  if (size !== 'short') query.set('size', size);
  if (issue !== null) query.set('issue', String(issue));
  if (isDiff) query.set('show', 'changes');
  if (figure !== null) query.set('figure', figure);
  return `/reports/${addressOf(request)}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

/** Equal for requests that give the same summary. */
export const summaryKey = (request: ReportRequest): string =>
  `${addressOf(request)} ${request.compare === undefined ? '' : stretchAddress(request.compare)}`;

/** Any stretch of days by its shortest address. */
function stretchAddress({ from, to }: Pick<ReportRequest, 'from' | 'to'>): string {
  const forms = ['month', 'quarter', 'year'] as const;
  const form = forms.find((candidate) => {
    const whole = periodAround(candidate, from, 'UTC');
    return whole.from === from && whole.to === to;
  });
  return addressOf({ form: form ?? 'custom', from, to });
}

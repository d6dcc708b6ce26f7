import { formatDuration, type Language } from '#shared/text/duration.ts';
import { percent, shortDate, signed, whole } from './sheet-text.ts';
import type { CellFormat, TableCell } from './table.ts';

/** A value as a person reads it; a dash where nothing is known. */
export function cellText({ value }: TableCell, format: CellFormat, language: Language): string {
  if (value === null) return '—';
  if (typeof value === 'string') return format === 'day' ? shortDate(value) : value;
  switch (format) {
    case 'share':
      return percent(value, language);
    case 'span':
      return formatDuration(value, language);
    case 'longSpan':
      return formatDuration(value, language, { days: true });
    case 'change':
      return signed(value, language);
    case 'rate':
      return new Intl.NumberFormat(language, ONE_DECIMAL).format(value);
    case 'points':
      return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
    default:
      return whole(value, language);
  }
}

const ONE_DECIMAL = { maximumFractionDigits: 1, minimumFractionDigits: 1 } as const;

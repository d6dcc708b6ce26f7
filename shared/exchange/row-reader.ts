import type { ZoneName } from '#shared/domain/time-zone.ts';
import { COLUMN, type ExchangeRow } from './columns.ts';
import type { HeaderMap } from './header-map.ts';
import { readRow, type Readings, type RowResult } from './read-row.ts';
import { rowError, type RowWarning } from './refusals.ts';
import { rowRepeats } from './row-repeats.ts';
import type { TableRow } from './table-row.ts';

/** Reads the rows of one file in their order: what a single row does not show is remembered from those before it. */
export function rowReader(
  header: HeaderMap,
  zone: ZoneName,
  readings: Readings = {},
): (row: TableRow) => RowResult {
  const repeats = rowRepeats();
  const isLong = longTexts();
  return ({ cells, number }) => {
    const result = readRow(cells, header, number, zone, readings);
    if (!result.ok) return result;
    const error = repeats(result.row, number);
    if (error !== null) return { ok: false, error };
    return isLong(result.row) ? { ...result, warnings: [...result.warnings, longText(number)] } : result;
  };
}

/** The text itself is not told again: it is long. */
const longText = (number: number): RowWarning => rowError(number, COLUMN.text.header, 'long_text', '');

/** Shorter texts are never remarkable; residents' longest are about 3,000 letters. */
const LONG = 3000;
/** Before so many texts were seen there is no telling what is usual. */
const SEEN = 5;
const TIMES_MEAN = 10;

/** Finds texts much longer than those before them: in a broken csv one cell may hold several rows. */
function longTexts(): (row: ExchangeRow) => boolean {
  let count = 0;
  let letters = 0;
  return ({ known: { text = '' } }) => {
    const { length } = String(text);
    const usual = count < SEEN ? LONG * 3 : (letters / count) * TIMES_MEAN;
    count += 1;
    letters += length;
    return length > LONG && length > usual;
  };
}

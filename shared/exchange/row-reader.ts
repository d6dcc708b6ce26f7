import type { ZoneName } from '#shared/domain/time-zone.ts';
import type { RawCell } from './cells.ts';
import { COLUMN, type ExchangeRow } from './columns.ts';
import type { HeaderMap } from './header-map.ts';
import { readRow, type Readings, type RowResult } from './read-row.ts';
import { rowError, type RowWarning } from './refusals.ts';
import { rowRepeats } from './row-repeats.ts';
import { isRefusing, MAX_ROW, type TableRow } from './table-row.ts';

/**
 * Reads the rows of one file in their order: what a single row does not show is remembered from those before
 * it.
 */
export function rowReader(
  header: HeaderMap,
  zone: ZoneName,
  readings: Readings = {},
): (row: TableRow) => RowResult {
  const repeats = rowRepeats();
  const isLong = longTexts();
  return ({ cells, number, trouble }) => {
    const shown = (): string => cells.filter((cell) => cell !== null).join(' ');
    if (trouble !== undefined && isRefusing(trouble))
      return { ok: false, error: rowError(number, '', trouble, shown()) };
    if (isHeaderAgain(cells, header))
      return { ok: false, error: rowError(number, '', 'repeated_header', shown()) };
    if (lettersOf(cells) > MAX_ROW) return { ok: false, error: rowError(number, '', 'too_long', '') };
    const result = readRow(cells, header, number, zone, readings);
    if (!result.ok) return result;
    const error = repeats(result.row, number);
    if (error !== null) return { ok: false, error };
    const troubles = trouble === undefined ? [] : [rowError(number, '', trouble, '')];
    const long = isLong(result.row) ? [longText(number)] : [];
    return troubles.length + long.length === 0
      ? result
      : { ...result, warnings: [...troubles, ...result.warnings, ...long] };
  };
}

const lettersOf = (cells: readonly RawCell[]): number =>
  cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0);

/** Files put together from several have their header again in the middle. */
const isHeaderAgain = (cells: readonly RawCell[], { headers, targets }: HeaderMap): boolean =>
  targets.every(
    (target, at) => target === null || !('known' in target) || String(cells[at] ?? '').trim() === headers[at],
  );

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

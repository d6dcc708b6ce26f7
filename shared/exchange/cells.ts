import { HIGHEST_NUMBER } from '#shared/domain/incident-number.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import {
  MANDATORY,
  type CellValue,
  type RegistryColumn,
  type ColumnKey,
  type RegistryColumnKind,
} from './columns.ts';
import { isCutText } from './cut-cell.ts';
import { isEmptyWord, isErrorWord } from './empty-words.ts';
import { readMoment } from './moments.ts';
import { readCount, readLabel } from './numbers.ts';
import type { RowErrorKind, RowWarningKind } from './refusals.ts';
import { readSpan } from './spans.ts';
import { isKnownWord } from './words.ts';

/** A cell as a file holds it; null when it is not there. */
export type RawCell = string | number | null;

/**
 * A cell in our own form, or why the row cannot be taken. A cell with a warning is taken too: what cannot be
 * understood reads as empty, and the file's own cell is kept beside it (cell-form.ts).
 */
export type CellResult =
  | { readonly ok: true; readonly value: CellValue; readonly warning: RowWarningKind | null }
  | { readonly ok: false; readonly kind: RowErrorKind };

const MAX_LENGTH: Readonly<Record<RegistryColumnKind, number>> = {
  name: 500,
  enum: 500,
  yesNo: 500,
  url: 2000,
  text: 100_000,
  guarded: 100_000,
  integer: 500,
  timestamp: 500,
  duration: 500,
};

/**
 * The beginning of what a spreadsheet takes for a formula (OWASP "CSV Injection"). A lone hyphen is the
 * registry's «no answer».
 */
const FORMULA = /^[=+\-@\t\r]/;
/** Tells whether a spreadsheet would compute the text. */
export const looksLikeFormula = (text: string): boolean => FORMULA.test(text) && text !== '-';

/**
 * The columns that may refuse a row: who it is, when and what was said. Anything else odd is kept as it came.
 */
const STRICT: ReadonlySet<ColumnKey> = new Set<ColumnKey>([...MANDATORY, 'id']);
/** Columns nothing is read from: whatever they say, they only go back as they came. */
const CARRIED: ReadonlySet<ColumnKey> = new Set<ColumnKey>(['cabinet', 'region', 'oldObject']);

const good = (value: CellValue, warning: RowWarningKind | null = null): CellResult => ({
  ok: true,
  value,
  warning,
});
const bad = (kind: RowErrorKind): CellResult => ({ ok: false, kind });

/**
 * Reads a cell of a known column. Guarded texts lose their apostrophe, other texts only one that guards a
 * formula; `<br>` becomes a line break. For moments, spans and numbers see moments.ts, spans.ts and
 * numbers.ts.
 */
export function readCell(column: RegistryColumn, raw: RawCell, zone: ZoneName): CellResult {
  if (raw === null || raw === '') return good('');
  const isStrict = STRICT.has(column.key);
  const odd = (kind: RowErrorKind & RowWarningKind): CellResult => (isStrict ? bad(kind) : good('', kind));
  const guard = typeof raw === 'string' && raw.startsWith("'") ? 1 : 0;
  if (String(raw).length > MAX_LENGTH[column.kind] + guard) return odd('too_long');
  if (typeof raw === 'string' && isErrorWord(raw)) return odd('error_cell');
  if (typeof raw === 'string' && readsEmpty(column) && isEmptyWord(raw)) return good('', 'no_value');
  switch (column.kind) {
    case 'integer':
      return isStrict ? readNumber(column, raw) : readAmount(raw);
    case 'duration':
      return orWarning(readSpan(raw), 'unread_span');
    case 'timestamp':
      return readTimestamp(raw, zone, odd);
    default:
      return readText(column, raw);
  }
}

/**
 * Tells whether a dash in this column means nothing. In a resident's text it is what was said; a missing
 * number is told as such; columns of known words have their own use of it.
 */
const readsEmpty = ({ key, kind }: RegistryColumn): boolean =>
  (!STRICT.has(key) || key === 'id') && kind !== 'enum' && kind !== 'yesNo' && !CARRIED.has(key);

const orWarning = (value: CellValue | null, warning: RowWarningKind): CellResult =>
  value === null ? good('', warning) : good(value);

function readText(column: RegistryColumn, raw: string | number): CellResult {
  const text = unguard(cleanText(String(raw)), column.kind === 'guarded');
  if (isCutText(text)) return good(text, 'cut_cell');
  const warning = column.key === 'step' ? 'unknown_step' : 'unknown_word';
  return good(text, isKnownWord(column.key, text) ? null : warning);
}

/** A cell of a column we do not know: text loses the guard of a formula, nothing else. */
export const readUnknownCell = (raw: RawCell): CellValue =>
  typeof raw === 'string' ? unguard(cleanText(raw), false) : (raw ?? '');

/**
 * The cell as it goes into a file: guarded, with `<br>`; an empty one is null, but a guarded text is never
 * without its apostrophe.
 */
export function writeCell(column: RegistryColumn, value: CellValue): RawCell {
  if (column.kind === 'guarded') return `'${withBreaks(String(value))}`;
  return writeUnknownCell(value);
}

/** The same for a column we do not know. */
export function writeUnknownCell(value: CellValue): RawCell {
  if (typeof value === 'number') return value;
  if (value === '') return null;
  const isFormula = looksLikeFormula(value) || looksLikeFormula(value.replace(/^'+/, ''));
  return withBreaks(isFormula ? `'${value}` : value);
}

const withBreaks = (text: string): string => text.replaceAll('\n', '<br>');

/** Every form of a line break in a cell. */
export const BREAKS = /<br\s*\/?>|\r\n?|\n/gi;

function unguard(text: string, always: boolean): string {
  const bare =
    text.startsWith("'") && (always || looksLikeFormula(text.replace(/^'+/, ''))) ? text.slice(1) : text;
  return bare.replaceAll(BREAKS, '\n');
}

function readNumber({ key }: RegistryColumn, raw: string | number): CellResult {
  const value = readLabel(raw);
  if (value === null) return bad('bad_number');
  return key === 'number' && value > HIGHEST_NUMBER ? bad('bad_number') : good(value);
}

function readAmount(raw: string | number): CellResult {
  const number = readCount(raw);
  if (number === null) return good('', 'unread_number');
  return good(number.value, number.isExact ? null : 'rounded_number');
}

function readTimestamp(
  raw: string | number,
  zone: ZoneName,
  odd: (kind: 'broken_date' | 'ambiguous_date') => CellResult,
): CellResult {
  const moment = readMoment(raw, zone);
  return moment.ok ? good(moment.text) : odd(moment.kind);
}

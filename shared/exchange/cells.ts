import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { parseLocalTimestamp, type ZoneName } from '#shared/domain/time-zone.ts';
import type { CellValue, Column, ColumnKind } from './columns.ts';
import type { RowErrorKind } from './refusals.ts';

/** A cell as a file holds it; null when it is not there. */
export type RawCell = string | number | null;

/** A cell in our own form, or why it is not one. */
export type CellResult =
  | { readonly ok: true; readonly value: CellValue }
  | { readonly ok: false; readonly kind: RowErrorKind };

const MAX_LENGTH: Readonly<Record<ColumnKind, number>> = {
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

/** PostgreSQL's int4: a larger number would break a whole batch. */
const MAX_NUMBER = 2_147_483_647;

/** What a spreadsheet would take for a formula (OWASP "CSV Injection"). A lone hyphen is the registry's «no answer». */
const FORMULA = /^[=+\-@\t\r]/;
const looksLikeFormula = (text: string): boolean => FORMULA.test(text) && text !== '-';

const good = (value: CellValue): CellResult => ({ ok: true, value });
const bad = (kind: RowErrorKind): CellResult => ({ ok: false, kind });

/**
 * Reads a cell of a known column. Guarded texts lose their apostrophe, other texts only one that guards a formula;
 * `<br>` becomes a line break. Moments may be texts or Excel's day numbers, durations may be numbers or `[hh]:mm:ss`.
 */
export function readCell(column: Column, raw: RawCell, zone: ZoneName): CellResult {
  if (raw === null || raw === '') return good('');
  if (String(raw).length > MAX_LENGTH[column.kind] + 1) return bad('too_long');
  switch (column.kind) {
    case 'integer':
      return readInteger(column, raw);
    case 'duration':
      return readDuration(raw);
    case 'timestamp':
      return readTimestamp(raw, zone);
    default:
      return good(unguard(cleanText(String(raw)), column.kind === 'guarded'));
  }
}

/** A cell of a column we do not know: text loses the guard of a formula, nothing else. */
export const readUnknownCell = (raw: RawCell): CellValue =>
  typeof raw === 'string' ? unguard(cleanText(raw), false) : (raw ?? '');

/** The cell as it goes into a file: guarded, with `<br>`; an empty one is null, but a guarded text is never without its apostrophe. */
export function writeCell(column: Column, value: CellValue): RawCell {
  if (column.kind === 'guarded') return `'${withBreaks(String(value))}`;
  return writeUnknownCell(value);
}

/** The same for a column we do not know. */
export function writeUnknownCell(value: CellValue): RawCell {
  if (typeof value === 'number') return value;
  if (value === '') return null;
  return withBreaks(
    looksLikeFormula(value) || looksLikeFormula(value.replace(/^'+/, '')) ? `'${value}` : value,
  );
}

const withBreaks = (text: string): string => text.replaceAll('\n', '<br>');

function unguard(text: string, always: boolean): string {
  const bare =
    text.startsWith("'") && (always || looksLikeFormula(text.replace(/^'+/, ''))) ? text.slice(1) : text;
  return bare.replaceAll(/<br\s*\/?>|\r\n?/gi, '\n');
}

/** NUL and halves of surrogate pairs cannot be stored as JSON by PostgreSQL. */
const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

function readInteger(column: Column, raw: string | number): CellResult {
  const value = typeof raw === 'number' ? raw : Number(digitsOf(raw));
  if (!Number.isSafeInteger(value) || value < 0) return bad('bad_number');
  return column.key === 'number' && value > MAX_NUMBER ? bad('bad_number') : good(value);
}

/** «1 234», with any kind of space; an empty text is no number. */
const digitsOf = (text: string): string => text.replaceAll(/^'|\s/g, '') || 'none';

function readDuration(raw: string | number): CellResult {
  if (typeof raw === 'number') return Number.isFinite(raw) ? good(raw) : bad('bad_number');
  const text = digitsOf(raw);
  const clock = /^(-?)(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (clock !== null) {
    const seconds = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0);
    return good(((clock[1] === '-' ? -1 : 1) * seconds) / 86_400);
  }
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? good(value) : bad('bad_number');
}

function readTimestamp(raw: string | number, zone: ZoneName): CellResult {
  const text = typeof raw === 'number' ? serialText(raw) : raw.replace(/^'/, '').trim();
  const russian = /^(\d{2})\.(\d{2})\.(\d{4})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text);
  const iso =
    russian === null ? text : `${russian[3]}-${russian[2]}-${russian[1]} ${russian[4] ?? '00:00:00'}`;
  const full = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso} 00:00:00` : iso;
  const year = Number(full.slice(0, 4));
  if (parseLocalTimestamp(zone, full) === null || year < 2000 || year > 2099) return bad('broken_date');
  return good(full.replace('T', ' ').padEnd(19, ':00'));
}

/** Days from 1899-12-30 to 1970-01-01: Excel's day numbers count from there, with its 29 February 1900. */
const SERIAL_EPOCH_DAYS = 25_569;

/** An Excel day number as local wall time `YYYY-MM-DD HH:MM:SS`, to the nearest second; '' when it is none. */
export function serialText(serial: number): string {
  const ms = Math.round((serial - SERIAL_EPOCH_DAYS) * 86_400) * 1000;
  if (!(Math.abs(ms) < 100_000 * MS_PER_DAY)) return '';
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

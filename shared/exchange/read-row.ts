import type { ZoneName } from '#shared/domain/time-zone.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import { isSameCell, unknownFormKey } from './cell-form.ts';
import {
  readCell,
  readUnknownCell,
  writeCell,
  writeUnknownCell,
  type CellResult,
  type RawCell,
} from './cells.ts';
import { COLUMN, MANDATORY, type CellValue, type ColumnKey, type ExchangeRow } from './columns.ts';
import type { HeaderMap } from './header-map.ts';
import { rowError, type RowError, type RowWarning, type RowWarningKind } from './refusals.ts';

/** A person's word on cells that mean nothing to us: by column, the text of the file -> how to read it. */
export type Readings = Readonly<Partial<Record<ColumnKey, Readonly<Record<string, string>>>>>;

/**
 * A row in our own form with what was odd in it, or why it cannot be taken: the first thing found, from the
 * left.
 */
export type RowResult =
  | { readonly ok: true; readonly row: ExchangeRow; readonly warnings: readonly RowWarning[] }
  | { readonly ok: false; readonly error: RowError };

/** Tells whether a row of a file holds nothing: such rows are passed over, not counted. */
export const isBlank = (cells: readonly RawCell[]): boolean =>
  cells.every((cell) => cell === null || cell === '');

/** Reads one row of a file; `number` is the row's place in it. */
export function readRow(
  cells: readonly RawCell[],
  map: HeaderMap,
  number: number,
  zone: ZoneName,
  readings: Readings = {},
): RowResult {
  const draft = new RowDraft(number, zone, readings);
  for (const [index, target] of map.targets.entries()) {
    if (target === null) continue;
    const raw = cells[index] ?? null;
    if ('unknown' in target) {
      draft.putUnknown(target.unknown, raw);
      continue;
    }
    const error = draft.put(target.known, raw);
    if (error !== null) return { ok: false, error };
  }
  return draft.result();
}

/** A row while its cells are read. */
class RowDraft {
  readonly #number: number;
  readonly #zone: ZoneName;
  readonly #readings: Readings;
  readonly #known: Partial<Record<ColumnKey, CellValue>> = {};
  readonly #unknown: Record<string, CellValue> = {};
  readonly #forms: Record<string, RawCell> = {};
  readonly #warnings: RowWarning[] = [];
  #isInterpreted = false;

  constructor(number: number, zone: ZoneName, readings: Readings) {
    this.#number = number;
    this.#zone = zone;
    this.#readings = readings;
  }

  /** Takes a cell of a known column, or tells why it refuses the row. */
  put(key: ColumnKey, raw: RawCell): RowError | null {
    const column = COLUMN[key];
    const cell = this.#read(key, raw);
    if (!cell.ok) return rowError(this.#number, column.header, cell.kind, raw ?? '');
    this.#known[key] = cell.value;
    if (cell.warning !== null) this.#warn(key, cell.warning, raw);
    if (!isSameCell(writeCell(column, cell.value), raw)) this.#forms[column.letter] = stored(raw);
    return null;
  }

  /** A cell as a person said it is to be read, where one did. */
  #read(key: ColumnKey, raw: RawCell): CellResult {
    const meant = raw === null ? undefined : this.#readings[key]?.[String(raw).trim()];
    if (meant === undefined) return readCell(COLUMN[key], raw, this.#zone);
    this.#isInterpreted = true;
    return readCell(COLUMN[key], meant, this.#zone);
  }

  putUnknown(name: string, raw: RawCell): void {
    const value = readUnknownCell(raw);
    this.#unknown[name] = value;
    if (!isSameCell(writeUnknownCell(value), raw)) this.#forms[unknownFormKey(name)] = stored(raw);
  }

  #warn(key: ColumnKey, kind: RowWarningKind, raw: RawCell): void {
    this.#warnings.push(rowError(this.#number, COLUMN[key].header, kind, raw ?? ''));
  }

  result(): RowResult {
    for (const key of MANDATORY) {
      if ((this.#known[key] ?? '') !== '') continue;
      return { ok: false, error: rowError(this.#number, COLUMN[key].header, 'missing_value', '') };
    }
    this.#checkEnd();
    const row = { known: this.#known, unknown: this.#unknown, forms: this.#forms };
    return {
      ok: true,
      row: this.#isInterpreted ? { ...row, isInterpreted: true } : row,
      warnings: this.#warnings,
    };
  }

  /** An end before the beginning is none. */
  #checkEnd(): void {
    const { createdAt = '', closedAt = '' } = this.#known;
    // Both are local time in one form, so the text order is the order in time.
    if (closedAt === '' || closedAt >= createdAt) return;
    const { letter } = COLUMN.closedAt;
    const raw = this.#forms[letter] ?? closedAt;
    this.#known.closedAt = '';
    this.#forms[letter] = raw;
    this.#warn('closedAt', 'closed_before_created', raw);
  }
}

const stored = (raw: RawCell): RawCell => (typeof raw === 'string' ? cleanText(raw) : raw);

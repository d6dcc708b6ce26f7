import { readCell, type RawCell } from './cells.ts';
import { afterBreak, breakAfter, scanRecord } from './csv-record.ts';
import { beginsRow, columnAt, isFull, plainCells, type CsvGuide } from './csv-guide.ts';
import type { TableTrouble } from './table-row.ts';

/** A row read out of a broken piece of a csv, or, with a trouble that refuses it, what can be shown of it. */
export interface MendedRow {
  readonly cells: readonly RawCell[];
  readonly trouble: TableTrouble;
}

/** The lines of a piece without their breaks. */
function linesOf(piece: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < piece.length;) {
    const end = breakAfter(piece, at);
    lines.push(piece.slice(at, end === -1 ? piece.length : end));
    at = end === -1 ? piece.length : afterBreak(piece, end);
  }
  return lines;
}

/**
 * Reads a piece of a csv whose quotes do not fit: line by line where each line is a whole row, by the quotes
 * where they make whole rows after all. Rows that cannot be read safely are refused, one trouble for each row
 * that can be told.
 */
export function mendPiece(piece: string, guide: CsvGuide): MendedRow[] {
  const parts: string[][] = [];
  for (const line of linesOf(piece)) {
    const last = parts.at(-1);
    const cells = plainCells(line, guide.delimiter);
    if (last === undefined || isFull(guide, cells) || beginsRow(guide, cells, guide.text)) parts.push([line]);
    else last.push(line);
  }
  return parts.map((lines) => mendRow(lines, guide));
}

function mendRow(lines: readonly string[], guide: CsvGuide): MendedRow {
  const text = lines.join('\n').trimEnd();
  for (const isLoose of [false, true]) {
    const { delimiter } = guide;
    const record = scanRecord(text, 0, { delimiter, isLast: true, isLoose, row: 0 });
    if (record !== null && !record.isOpen && record.end === text.length && isFull(guide, record.cells))
      return { cells: record.cells, trouble: 'mended_quotes' };
  }
  const cells = plainCells(text, guide.delimiter);
  if (!text.includes('\n') && isFull(guide, cells)) return { cells, trouble: 'mended_quotes' };
  return { cells, trouble: 'broken_quotes' };
}

/**
 * Takes a row of too many cells together again: a delimiter inside one text has cut it in pieces. Only where
 * a single text will do, with every other cell being what its column wants. Null otherwise.
 */
export function joinCells(cells: readonly RawCell[], guide: CsvGuide): RawCell[] | null {
  const extra = cells.length - guide.width;
  const fitting = guide.texts
    .map((at) => [
      ...cells.slice(0, at),
      cells
        .slice(at, at + extra + 1)
        .map((cell) => cell ?? '')
        .join(guide.delimiter),
      ...cells.slice(at + extra + 1),
    ])
    .filter((joined) => isFull(guide, joined) && areCellsFitting(joined, guide));
  const [only, another] = fitting;
  return another === undefined ? (only ?? null) : null;
}

function areCellsFitting(cells: readonly RawCell[], guide: CsvGuide): boolean {
  const isGuarded = guide.texts.some((at) => String(cells[at] ?? '').startsWith("'"));
  return cells.every((cell, at) => {
    const column = columnAt(guide, at);
    if (column === null || cell === null) return true;
    if (column.kind === 'guarded') return !isGuarded || String(cell).startsWith("'");
    if (column.kind === 'url') return /^\s*(?:https?:)?\/\//i.test(String(cell));
    const reading = readCell(column, cell, 'UTC');
    return reading.ok && (reading.warning === null || reading.warning === 'no_value');
  });
}

import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { HEADER_CELLS, HEADER_ROWS } from './csv-form.ts';
import { knownHeaders, mapHeaders } from './header-map.ts';
import { isBlank } from './read-row.ts';
import { FileRefused } from './refusals.ts';
import { readSheet } from './xlsx-read.ts';
import type { Sheet, Workbook } from './xlsx-parts.ts';

/** A sheet with the registry's header. */
export interface FoundSheet {
  readonly sheet: Sheet;
  readonly headers: readonly string[];
  /** Number of the header's row. */
  readonly headerRow: number;
  readonly hasRows: boolean;
}

const headerText = (cell: RawCell): string => (cell === null ? '' : String(cell));

/** Looks for the header in a sheet's first rows: the row with most headers we know. */
async function findHeader(source: ByteSource, workbook: Workbook, sheet: Sheet): Promise<FoundSheet | null> {
  let best: { readonly cells: readonly RawCell[]; readonly number: number; readonly known: number } | null =
    null;
  let seen = 0;
  let hasRows = false;
  for await (const group of readSheet(source, workbook, sheet)) {
    for (const { cells, number } of group) {
      if (isBlank(cells)) continue;
      seen += 1;
      const known = knownHeaders(cells);
      hasRows = best !== null;
      if (known <= (best?.known ?? HEADER_CELLS - 1)) continue;
      best = { cells, number, known };
      hasRows = false;
    }
    if (seen >= HEADER_ROWS) break;
  }
  return best === null
    ? null
    : { sheet, headers: best.cells.map(headerText), headerRow: best.number, hasRows };
}

/** The sheet to read, and the names of all that could be meant. */
export interface SheetChoice {
  readonly found: FoundSheet;
  /** More than one leaves the choice to a person. */
  readonly names: readonly string[];
}

const isWhole = ({ headers }: FoundSheet): boolean => mapHeaders(headers).missing.length === 0;

/** Rules of which sheet is meant; the first one that some sheet follows counts. */
const RULES: readonly ((candidate: FoundSheet) => boolean)[] = [
  (candidate) => isWhole(candidate) && candidate.hasRows && !candidate.sheet.isHidden,
  (candidate) => isWhole(candidate) && candidate.hasRows,
  isWhole,
  () => true,
];

/**
 * Finds the sheet with the registry's header: one with all mandatory columns before one that lacks some, one
 * with rows before an empty one, one that is shown before a hidden one. A person's choice by name goes before
 * all of that. Throws FileRefused.
 */
export async function chooseSheet(
  source: ByteSource,
  workbook: Workbook,
  name?: string,
): Promise<SheetChoice> {
  const found: FoundSheet[] = [];
  for (const sheet of workbook.sheets) {
    const header = await findHeader(source, workbook, sheet);
    if (header !== null) found.push(header);
  }
  const fitting = RULES.map((rule) => found.filter(rule)).find((some) => some.length > 0) ?? [];
  const names = fitting.map(({ sheet }) => sheet.name);
  if (name !== undefined) return { found: named(name, found, workbook), names };
  const [first] = fitting;
  if (first !== undefined) return { found: first, names };
  throw new FileRefused({ kind: (await isEmpty(source, workbook)) ? 'empty_file' : 'no_header_row' });
}

function named(name: string, found: readonly FoundSheet[], { sheets }: Workbook): FoundSheet {
  const isMeant = (sheet: Sheet): boolean => sheet.name.trim().toLowerCase() === name.trim().toLowerCase();
  const meant = found.find(({ sheet }) => isMeant(sheet));
  if (meant !== undefined) return meant;
  if (sheets.some(isMeant)) throw new FileRefused({ kind: 'no_header_row' });
  throw new FileRefused({ kind: 'no_sheet', sheets: sheets.map((sheet) => sheet.name) });
}

async function isEmpty(source: ByteSource, workbook: Workbook): Promise<boolean> {
  for (const sheet of workbook.sheets)
    for await (const group of readSheet(source, workbook, sheet))
      if (group.some(({ cells }) => !isBlank(cells))) return false;
  return true;
}

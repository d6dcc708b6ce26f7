import type { ZoneName } from '#shared/domain/time-zone.ts';
import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import type { HeaderMap } from './header-map.ts';
import { oddCells, type OddCell } from './odd-cells.ts';
import type { Readings, RowResult } from './read-row.ts';
import type { FileRefusal, RowError } from './refusals.ts';
import { rowReader } from './row-reader.ts';
import type { TableRow } from './table-row.ts';
import { readAnyTable, refusable, type SheetNames, type TableChoice } from './table-read.ts';

/** Errors in one column of the file. */
export interface ColumnProblems {
  /** The column's header in the registry's spelling. */
  readonly column: string;
  readonly count: number;
  readonly first: RowError;
}

/** The preview a person sees before anything is stored. */
export interface FilePreview {
  readonly format: 'xlsx' | 'csv';
  /** The meaning each column is taken to have; `missing` must be empty before the file can be imported. */
  readonly header: HeaderMap;
  /** The sheet that was read and those that could be; null for a csv. */
  readonly sheets: SheetNames | null;
  readonly rows: readonly { readonly number: number; readonly cells: readonly RawCell[] }[];
  /** Rows of the whole file, and how many of them would be taken as far as the file alone tells. */
  readonly total: number;
  readonly good: number;
  readonly problems: readonly ColumnProblems[];
  /** Cells that are kept but not understood, each once with its count: a person may say how to read them. */
  readonly odd: readonly OddCell[];
  /** The file ends in the middle of a row. */
  readonly isCut: boolean;
  /** False when the reading was stopped before the end: the counts are of what was read. */
  readonly isWhole: boolean;
}

/** Options of a preview. */
export interface PreviewOptions extends TableChoice {
  readonly zone: ZoneName;
  readonly readings?: Readings;
  /** Rows to show; 50 by default. */
  readonly shown?: number;
  /** Called as the file is read, with the rows so far; false stops the reading. */
  readonly onProgress?: (rows: number) => boolean;
}

export type PreviewResult =
  | { readonly ok: true; readonly value: FilePreview }
  | { readonly ok: false; readonly refusal: FileRefusal };

/**
 * Reads a whole file without keeping it: the first rows, the proposed mapping, and what is wrong where. For a
 * worker. While mandatory columns are not found only the mapping is worked out: every row would be wrong in
 * the same way.
 */
export const previewFile = (source: ByteSource, options: PreviewOptions): Promise<PreviewResult> =>
  refusable(() => preview(source, options));

async function preview(
  source: ByteSource,
  { zone, readings = {}, shown = 50, onProgress = () => true, ...choice }: PreviewOptions,
): Promise<FilePreview> {
  const { format, header, sheets, rows: groups } = await readAnyTable(source, choice);
  const rows: { number: number; cells: readonly RawCell[] }[] = [];
  const found = findings();
  const read = rowReader(header, zone, readings);
  const isReadable = header.missing.length === 0;
  let total = 0;
  let isWhole = true;
  for await (const group of groups) {
    for (const row of group) {
      total += 1;
      if (rows.length < shown) rows.push({ number: row.number, cells: row.cells });
      if (isReadable) found.add(row, read(row));
    }
    if (onProgress(total)) continue;
    isWhole = false;
    break;
  }
  return { format, header, sheets, rows, total, ...found.all(), isWhole };
}

type Findings = Pick<FilePreview, 'good' | 'problems' | 'odd' | 'isCut'>;

/** Gathers what is found in the rows of a file. */
function findings(): { add(row: TableRow, result: RowResult): void; all(): Findings } {
  const problems = columnProblems();
  const odd = oddCells();
  let good = 0;
  let isCut = false;
  return {
    add: ({ trouble }, result) => {
      isCut ||= trouble === 'cut_row';
      if (!result.ok) return problems.note(result.error);
      good += 1;
      for (const warning of result.warnings) odd.note(warning);
    },
    all: () => ({ good, isCut, problems: problems.all(), odd: odd.all() }),
  };
}

/** Counts refused rows by column. */
function columnProblems(): { note(error: RowError): void; all(): readonly ColumnProblems[] } {
  const problems = new Map<string, ColumnProblems>();
  return {
    note: (error) => {
      const known = problems.get(error.column);
      const count = (known?.count ?? 0) + 1;
      problems.set(error.column, { column: error.column, count, first: known?.first ?? error });
    },
    all: () => [...problems.values()],
  };
}

import type { ZoneName } from '#shared/domain/time-zone.ts';
import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import type { HeaderMap, MappingChoice } from './header-map.ts';
import { readRow } from './read-row.ts';
import { rowRepeats } from './row-repeats.ts';
import type { FileRefusal, RowError } from './refusals.ts';
import { readAnyTable, refusable } from './table-read.ts';

/** What is wrong in one column of the file. */
export interface ColumnProblems {
  /** The column's header in the registry's spelling. */
  readonly column: string;
  readonly count: number;
  readonly first: RowError;
}

/** What a person is shown before anything is stored. */
export interface Preview {
  readonly format: 'xlsx' | 'csv';
  /** What each column is taken for; `missing` must be empty before the file can be imported. */
  readonly header: HeaderMap;
  readonly rows: readonly { readonly number: number; readonly cells: readonly RawCell[] }[];
  /** Rows of the whole file, and how many of them would be taken as far as the file alone tells. */
  readonly total: number;
  readonly good: number;
  readonly problems: readonly ColumnProblems[];
  /** False when the reading was stopped before the end: the counts are of what was read. */
  readonly isWhole: boolean;
}

/** What the caller may ask for. */
export interface PreviewOptions {
  readonly zone: ZoneName;
  readonly choice?: MappingChoice;
  /** Rows to show; 50 unless told otherwise. */
  readonly shown?: number;
  /** Called as the file is read, with the rows so far; false stops the reading. */
  readonly onProgress?: (rows: number) => boolean;
}

export type PreviewResult =
  | { readonly ok: true; readonly value: Preview }
  | { readonly ok: false; readonly refusal: FileRefusal };

/**
 * Reads a whole file without keeping it: the first rows, the proposed mapping, and what is wrong where. For a worker.
 * While mandatory columns are not found only the mapping is worked out: every row would be wrong in the same way.
 */
export const previewFile = (source: ByteSource, options: PreviewOptions): Promise<PreviewResult> =>
  refusable(() => preview(source, options));

async function preview(
  source: ByteSource,
  { zone, choice = {}, shown = 50, onProgress = () => true }: PreviewOptions,
): Promise<Preview> {
  const { format, header, rows: groups } = await readAnyTable(source, choice);
  const rows: { number: number; cells: readonly RawCell[] }[] = [];
  const problems = new Map<string, ColumnProblems>();
  const repeats = rowRepeats();
  const isReadable = header.missing.length === 0;
  let total = 0;
  let good = 0;
  let isWhole = true;
  const note = (error: RowError): void => {
    const known = problems.get(error.column);
    problems.set(error.column, {
      column: error.column,
      count: (known?.count ?? 0) + 1,
      first: known?.first ?? error,
    });
  };
  for await (const group of groups) {
    for (const { number, cells } of group) {
      total += 1;
      if (rows.length < shown) rows.push({ number, cells });
      if (!isReadable) continue;
      const result = readRow(cells, header, number, zone);
      const error = result.ok ? repeats(result.row, number) : result.error;
      if (error === null) good += 1;
      else note(error);
    }
    if (onProgress(total)) continue;
    isWhole = false;
    break;
  }
  return { format, header, rows, total, good, problems: [...problems.values()], isWhole };
}

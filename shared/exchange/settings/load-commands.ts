import type { Agency, Municipality } from '#shared/domain/directory.ts';
import {
  changedFields,
  MOST_BYTES_SAVED,
  MOST_ROWS_SAVED,
  type CentreRecord,
  type ManyRecordsCommand,
} from '#shared/domain/record.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import { mapsOf, type RecordKind } from '#shared/domain/records/record-rules.ts';
import { entryBundles } from './entry-bundles.ts';
import type { PlannedRow } from './plan-load.ts';
import { topicBundles } from './topic-bundles.ts';

/** Marks that a load is known by. */
export interface LoadName {
  readonly kind: RecordKind;
  /** Name of the file; '' where there was none. */
  readonly file: string;
  /** The load that this one takes back. */
  readonly takesBack: string | null;
}

/** Room for what stands around rows. */
const BYTES = MOST_BYTES_SAVED - 4096;

type LoadRow = Pick<PlannedRow<CentreRecord>, 'id' | 'row' | 'before'>;

const encoder = new TextEncoder();
function savedRow({ id, row, before }: LoadRow, maps: readonly string[]) {
  const saved = { id, row, from: before === null ? null : changedFields(before, row, maps) };
  return { row: saved, size: encoder.encode(JSON.stringify(saved)).length + 1 };
}

interface Changed<R> extends LoadRow {
  readonly row: LoadRow['row'] & R;
  readonly before: (CentreRecord & R) | null;
}

/** Rows that one command must hold. */
function bundlesOf(rows: readonly LoadRow[], kind: RecordKind): readonly (readonly LoadRow[])[] {
  if (kind === 'topic') return topicBundles(rows as readonly Changed<Topic>[]);
  if (kind === 'agency') return entryBundles(rows as readonly Changed<Agency>[]);
  if (kind === 'municipality') return entryBundles(rows as readonly Changed<Municipality>[]);
  return rows.map((row) => [row]);
}

/** Cuts rows into commands, in their order, each as many rows as one may hold. */
export function loadCommands(
  rows: readonly LoadRow[],
  { kind, file, takesBack }: LoadName,
): readonly ManyRecordsCommand[] {
  const parts: { readonly id: string }[][] = [];
  const maps = mapsOf(kind);
  let bytes = Infinity;
  for (const bundle of bundlesOf(rows, kind)) {
    const saved = bundle.map((row) => savedRow(row, maps));
    const whole = saved.reduce((sum, { size }) => sum + size, 0);
    const room = MOST_ROWS_SAVED - (parts.at(-1)?.length ?? MOST_ROWS_SAVED);
    // What would fit into no command whole is cut.
    if (saved.length > room || bytes + whole > BYTES) bytes = Infinity;
    for (const { row, size } of saved) {
      const last = parts.at(-1);
      if (last === undefined || last.length === MOST_ROWS_SAVED || bytes + size > BYTES) {
        parts.push([row]);
        bytes = size;
      } else {
        last.push(row);
        bytes += size;
      }
    }
  }
  return parts.map(
    (part) =>
      ({
        name: 'saveRecords',
        args: { kind, file: file.slice(0, 200), takesBack, rows: part },
      }) as unknown as ManyRecordsCommand,
  );
}

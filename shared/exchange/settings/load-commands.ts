import {
  changedFields,
  MOST_BYTES_SAVED,
  MOST_ROWS_SAVED,
  type ManyRecordsCommand,
} from '#shared/domain/record.ts';
import type { RecordKind } from '#shared/domain/records/record-rules.ts';
import type { PlannedRow } from './plan-load.ts';

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

/** Cuts rows into commands, in their order, each as many rows as one may hold. */
export function loadCommands(
  rows: readonly Pick<PlannedRow, 'id' | 'row' | 'before'>[],
  { kind, file, takesBack }: LoadName,
): readonly ManyRecordsCommand[] {
  const parts: { readonly id: string }[][] = [];
  let bytes = Infinity;
  const encoder = new TextEncoder();
  for (const { id, row, before } of rows) {
    const saved = { id, row, from: before === null ? null : changedFields(before, row) };
    const size = encoder.encode(JSON.stringify(saved)).length + 1;
    const last = parts.at(-1);
    if (last === undefined || last.length === MOST_ROWS_SAVED || bytes + size > BYTES) {
      parts.push([saved]);
      bytes = size;
    } else {
      last.push(saved);
      bytes += size;
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

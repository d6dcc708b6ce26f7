import type { CentreRecord } from '#shared/domain/record.ts';
import type { SettingsRow } from './settings-row.ts';
import type { SettingsTable } from './settings-table.ts';

interface SavedPart {
  readonly id: string;
  readonly row: SettingsRow;
  readonly before: SettingsRow | null;
}

interface SavedRecord {
  readonly id: string;
  readonly row: CentreRecord;
  readonly before: CentreRecord | null;
}

type Table = Pick<SettingsTable<SettingsRow>, 'parts'>;

/** The records that changed rows of a table are saved as. */
export function recordsOf({ parts }: Table, rows: readonly SavedPart[]): readonly SavedRecord[] {
  if (parts === undefined) return rows as readonly SavedRecord[];
  if (rows.length === 0) return [];
  return [{ id: parts.id, before: parts.record, row: parts.laid(rows.map(({ row }) => row)) }];
}

/** The rows of a table that records are written as. */
export const rowsOfRecords = ({ parts }: Table, records: readonly CentreRecord[]): readonly SettingsRow[] =>
  parts === undefined ? records : records.flatMap((record) => parts.of(record));

import { rowsOfRecords } from '#shared/exchange/settings/record-parts.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_TYPES, type TableFormat } from '#shared/exchange/table-write.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { readRecord } from '#shared/domain/record.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { saveFile } from '#renderer/host/save-file.ts';

interface Basis {
  readonly rows: readonly ReferenceRow[];
  readonly zone: string;
  readonly at: Instant;
}

/** Gives the person all settings of a kind as a file that can be loaded again. */
export function saveSettings(format: TableFormat, kind: TableKind, { rows, zone, at }: Basis): void {
  const byKind = Map.groupBy(rows, (row) => row.kind);
  const rowsOf = (wanted: ReferenceRow['kind']): readonly unknown[] => (byKind.get(wanted) ?? []).map(ownRow);
  const table = settingsTable(kind, { zone, at, rowsOf });
  const records = rowsOf(kind).flatMap((row): CentreRecord[] => {
    const record = readRecord(kind, row);
    return record === null ? [] : [record];
  });
  const name = `${table.title} ${dateOfDay(localDayAt(zone, at))}.${format}`;
  saveFile(name, TABLE_TYPES[format], writeSettings(format, table, rowsOfRecords(table, records)));
}

import type { Instant } from '#shared/domain/instant.ts';
import { readRecord, type CentreRecord } from '#shared/domain/record.ts';
import { mapsOf, type RecordKind } from '#shared/domain/records/record-rules.ts';
import { nameOf } from './read-load.ts';
import type { SettingsRow } from './settings-row.ts';
import type { SettingsTable } from './settings-table.ts';
import type { TableKind } from './tables.ts';
import { planTakeBack, restoredFields, type LoadedRow, type TakeBackPlan } from './take-back.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Gives what a load saved as rows of its table: of a record of parts, those that it changed. */
const loadedRows = (
  kind: RecordKind,
  { parts }: SettingsTable<SettingsRow>,
  rows: readonly LoadedRow[],
): readonly LoadedRow[] =>
  parts === undefined
    ? rows
    : rows.flatMap(({ row, from }) => {
        const after = row as unknown as CentreRecord;
        const before = restoredFields(row, from ?? {}, mapsOf(kind)) as unknown as CentreRecord;
        return parts.differing(before, after).map((id): LoadedRow => ({
          id,
          row: { ...parts.named(after, id) },
          from: { ...parts.named(before, id) },
        }));
      });

interface TakeBackBasis {
  readonly kind: TableKind;
  readonly table: SettingsTable<SettingsRow>;
  readonly now: Instant;
  /** Stored rows of the kind as they are now, by id. */
  readonly current: ReadonlyMap<string, Fields>;
}

/** Says how a load is taken back, row by row of its table, and names the first `most` of those that stay. */
export function takeBackOf(
  loaded: readonly LoadedRow[],
  { kind, table, now, current }: TakeBackBasis,
  most: number,
): TakeBackPlan & { readonly names: readonly string[] } {
  const rows = loadedRows(kind, table, loaded);
  const plan = planTakeBack(rows, partsNow(table, rows) ?? current, (row) => table.close(row, now));
  const saved = new Map(rows.map(({ id, row }) => [id, row]));
  const names = plan.touched.slice(0, most).map((id) => {
    const row = table.parts === undefined ? readRecord(kind, saved.get(id)) : saved.get(id);
    return row === null || row === undefined ? id : nameOf(row as unknown as SettingsRow, table);
  });
  return { ...plan, names };
}

/** Parts of a record as they are now, by id; null where rows are records themselves. */
function partsNow(
  { parts }: SettingsTable<SettingsRow>,
  rows: readonly LoadedRow[],
): ReadonlyMap<string, Fields> | null {
  if (parts === undefined) return null;
  const { record } = parts;
  return new Map(record === null ? [] : rows.map(({ id }) => [id, { ...parts.named(record, id) }] as const));
}

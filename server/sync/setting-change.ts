import { changedFields, type CentreRecord, type ManyRecordsCommand } from '#shared/domain/record.ts';
import { isRegister, mapsOf, type RecordKind } from '#shared/domain/records/record-rules.ts';
import type { SavedRow } from '#shared/domain/records/save-many.ts';
import { MOST_ROWS_TOLD } from '#shared/protocol/audit.ts';
import type { AuditSaid } from '#server/accounts/audit.ts';

/** The line of the audit log that tells of settings. */
export type SettingLine = Extract<AuditSaid, { readonly action: 'setting_changed' | 'settings_loaded' }>;

/** A change of a setting as the audit log keeps it: the fields that differ, before and after. */
interface SettingChange {
  readonly id: string;
  /** Null for a new one, and then `after` is all of it. */
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown>;
}

/** Says what the audit log keeps of a saved record: nothing of registers and of what is as it was. */
export function settingChanged(
  kind: RecordKind,
  id: string,
  before: CentreRecord | null,
  after: CentreRecord | null,
): SettingLine | null {
  if (isRegister(kind) || after === null) return null;
  const change = changeOf(kind, id, before, after);
  return change === null ? null : { action: 'setting_changed', detail: { kind, ...change } };
}

/**
 * Says what the audit log keeps of many that were saved together: how many were new, how many changed, and
 * the first of them. Null where nothing changed.
 */
export function settingsLoaded(
  load: string,
  { args: { kind, file, takesBack } }: ManyRecordsCommand,
  rows: readonly SavedRow[],
): SettingLine | null {
  if (rows.length === 0) return null;
  const added = rows.filter(({ before }) => before === null).length;
  const told = rows.slice(0, MOST_ROWS_TOLD).map(({ id, before, row }) => changeOf(kind, id, before, row));
  const counts = { added, changed: rows.length - added };
  const some = told.filter((change) => change !== null);
  return { action: 'settings_loaded', detail: { kind, id: load, file, takesBack, ...counts, rows: some } };
}

function changeOf(
  kind: RecordKind,
  id: string,
  before: CentreRecord | null,
  after: CentreRecord,
): SettingChange | null {
  if (before === null) return { id, before: null, after: { ...after } };
  const maps = mapsOf(kind);
  const was = changedFields(before, after, maps);
  if (Object.keys(was).length === 0) return null;
  // The other way round it is what they became.
  return { id, before: was, after: changedFields(after, before, maps) };
}

import type { CentreRecord } from '#shared/domain/record.ts';
import { changedFields } from '#shared/domain/record.ts';
import { isRegister, type RecordKind } from '#shared/domain/records/record-rules.ts';

/** A change of a setting as the audit log keeps it: the fields that differ, before and after. */
export interface SettingChange {
  readonly kind: RecordKind;
  readonly id: string;
  /** Null for a new one, and then `after` is all of it. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>>;
}

/** Says what the audit log keeps of a saved record: nothing of registers and of what is as it was. */
export function settingChange(
  kind: RecordKind,
  id: string,
  before: CentreRecord | null,
  after: CentreRecord | null,
): SettingChange | null {
  if (isRegister(kind) || after === null) return null;
  if (before === null) return { kind, id, before: null, after: { ...after } };
  const was = changedFields(before, after);
  const now = after as unknown as Readonly<Record<string, unknown>>;
  const names = Object.keys(was);
  if (names.length === 0) return null;
  return { kind, id, before: was, after: Object.fromEntries(names.map((name) => [name, now[name] ?? null])) };
}

import {
  decideRecord,
  type CentreRecord,
  type ManyRecordsCommand,
  type OneRecordCommand,
  type RecordOccasion,
} from '#shared/domain/record.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { admitted, ownSurroundings, type OwnSurroundings } from './admit.ts';
import { RECORD_RULES } from './record-rules.ts';

/** One of many rows as it was and as it is afterwards. */
export interface SavedRow {
  readonly id: string;
  readonly before: CentreRecord | null;
  readonly row: CentreRecord;
}

/** `rows` are those that differ from what was there; `merged` names fields overwritten in any of them. */
export type ManyDecision =
  | { readonly ok: true; readonly rows: readonly SavedRow[]; readonly merged: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Decides a command that saves many rows, each as {@link decideRecord} decides one that knows of the rows
 * before it. All or none: the first refusal is the command's, and says which row it is about.
 */
export function decideRecords(
  befores: ReadonlyMap<string, CentreRecord>,
  command: ManyRecordsCommand,
  { role, surroundings }: RecordOccasion,
): ManyDecision {
  const { kind, rows } = command.args;
  const around = surroundings === null ? null : ownSurroundings(surroundings);
  if (around !== null && RECORD_RULES[kind].areJudgedTogether === true)
    admitAll(befores, command, { role, surroundings: around });
  const saved = new Map<string, SavedRow>();
  const merged = new Set<string>();
  for (const [index, { id, row, from }] of rows.entries()) {
    if (saved.has(id)) return refusedRow(index, id, TWICE);
    const before = befores.get(id) ?? null;
    const one = { name: 'saveRecord', args: { kind, row, from } } as OneRecordCommand;
    const decision = decideRecord(id, before, one, { role, surroundings: around });
    if (!decision.ok) {
      if (decision.refusal.kind === 'role_may_not') return decision;
      return refusedRow(index, id, decision.refusal);
    }
    if (decision.row === null) continue;
    if (around !== null) admitted(around, kind, decision.row);
    saved.set(id, { id, before, row: decision.row });
    for (const field of decision.merged) merged.add(field);
  }
  const changed = [...saved.values()].filter(({ before, row }) => !sameJson(before, row));
  return { ok: true, rows: changed, merged: [...merged] };
}

/** Has the judge of each row know of all of them. */
function admitAll(
  befores: ReadonlyMap<string, CentreRecord>,
  { args: { kind, rows } }: ManyRecordsCommand,
  { role, surroundings }: { readonly role: RecordOccasion['role']; readonly surroundings: OwnSurroundings },
): void {
  for (const { id, row, from } of rows) {
    const one = { name: 'saveRecord', args: { kind, row, from } } as OneRecordCommand;
    const laid = decideRecord(id, befores.get(id) ?? null, one, { role, surroundings: null });
    if (laid.ok && laid.row !== null) admitted(surroundings, kind, laid.row);
  }
}

const TWICE = { kind: 'malformed', path: 'id', problem: 'twice in one command' } as const;

const refusedRow = (index: number, id: string, why: Refusal): ManyDecision => ({
  ok: false,
  refusal: why.kind === 'row_refused' ? why : { kind: 'row_refused', row: index + 1, id, why },
});

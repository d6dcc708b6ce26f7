import {
  changedFields,
  decideRecord,
  type CentreRecord,
  type OneRecordCommand,
} from '#shared/domain/record.ts';
import { admitted, ownSurroundings, type OwnSurroundings } from '#shared/domain/records/admit.ts';
import { RECORD_RULES, type RecordKind } from '#shared/domain/records/record-rules.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { AccountTrouble } from '#shared/domain/account-rules.ts';
import type { Role } from '#shared/domain/actor.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { judgeParts } from './judge-parts.ts';
import type { SettingsRow } from './settings-row.ts';
import type { CellTrouble, PlainRow, SettingsTable, TwoWayTable } from './settings-table.ts';

/** A row of the file that would be saved. */
export interface PlannedRow<R = SettingsRow> {
  /** As a spreadsheet numbers it; 0 for one that the file does not have. */
  readonly number: number;
  readonly id: string;
  readonly row: R;
  /** Null for a new one. */
  readonly before: R | null;
}

/** Why a row is not taken. */
export type RowTrouble =
  | { readonly kind: 'cell'; readonly column: string; readonly value: string; readonly why: CellTrouble }
  | { readonly kind: 'merged' }
  /** The same thing stands in the row `first`. */
  | { readonly kind: 'repeated'; readonly first: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The centre does not take the account so. */
  | { readonly kind: 'account'; readonly why: AccountTrouble };

export interface WrongRow {
  readonly number: number;
  readonly trouble: RowTrouble;
}

/** Changes that a file would make. */
export interface LoadPlan<R = SettingsRow> {
  readonly added: readonly PlannedRow<R>[];
  readonly changed: readonly PlannedRow<R>[];
  readonly same: number;
  readonly wrong: readonly WrongRow[];
}

interface Basis {
  readonly kind: RecordKind;
  readonly table: SettingsTable<SettingsRow>;
  readonly role: Role;
  /** Rows that are accepted are added to it. */
  readonly surroundings: OwnSurroundings | null;
}

/** Rows of a file as they were read, before anything judges them. */
export interface ReadRows<R> {
  /** All that could be read. */
  readonly read: readonly R[];
  /** Those that differ from what is there. */
  readonly differing: readonly PlannedRow<R>[];
  readonly wrong: readonly WrongRow[];
  readonly same: number;
}

/** Reads rows by their table; `idOf` tells which rows are about the same thing. */
export function readRows<R>(
  rows: readonly PlainRow[],
  table: TwoWayTable<R>,
  idOf: (row: R) => string,
): ReadRows<R> {
  const [read, differing, wrong]: [R[], PlannedRow<R>[], WrongRow[]] = [[], [], []];
  const firstOf = new Map<string, number>();
  let same = 0;
  table.begin?.(rows.map(({ cells }) => cells));
  for (const row of rows) {
    const planned = planRow(row, table, idOf);
    if ('trouble' in planned) {
      wrong.push(planned);
      continue;
    }
    const first = firstOf.get(planned.id);
    if (first !== undefined) {
      wrong.push({ number: row.number, trouble: { kind: 'repeated', first } });
      continue;
    }
    firstOf.set(planned.id, row.number);
    read.push(planned.row);
    if (sameJson(planned.before, planned.row)) same += 1;
    else differing.push(planned);
  }
  return { read, differing, wrong, same };
}

const rowId = (row: SettingsRow): string => (row as { readonly id: string }).id;

/**
 * Says what a file would change, row by row: each is judged as it will be when it is saved, knowing of those
 * before it. Nothing is stored.
 */
export function planLoad(rows: readonly PlainRow[], basis: Basis): LoadPlan {
  const [added, changed]: [PlannedRow[], PlannedRow[]] = [[], []];
  const { read, differing, wrong: unread, same } = readRows(rows, basis.table, rowId);
  const wrong = [...unread];
  for (const { planned, refusal } of judgeAll(inOrder([...differing, ...restOf(read, basis)]), basis)) {
    if (refusal !== null) wrong.push({ number: planned.number, trouble: { kind: 'refused', refusal } });
    else (planned.before === null ? added : changed).push(planned);
  }
  return { added, changed, same, wrong: wrong.toSorted((a, b) => a.number - b.number) };
}

/** Rows that change because a file which is the whole does not have them. */
const restOf = (rows: readonly SettingsRow[], { table }: Basis): readonly PlannedRow[] =>
  (table.rest?.(rows) ?? []).map(({ row, before }) => ({
    number: 0,
    id: rowId(row),
    row,
    before,
  }));

interface JudgedRow<R = CentreRecord> {
  readonly planned: PlannedRow<R>;
  readonly refusal: Refusal | null;
}

function judgeAll(rows: readonly PlannedRow[], basis: Basis): readonly JudgedRow<SettingsRow>[] {
  const { parts } = basis.table;
  if (parts !== undefined) return judgeParts(rows, parts, basis);
  const records = rows as readonly PlannedRow<CentreRecord>[];
  return RECORD_RULES[basis.kind].areJudgedTogether === true
    ? judgeTogether(records, basis)
    : judgeInTurn(records, basis);
}

const judgeInTurn = (rows: readonly PlannedRow<CentreRecord>[], basis: Basis): readonly JudgedRow[] =>
  rows.map((planned) => ({ planned, refusal: judged(planned, basis) }));

/** Judges each as though all were there; what is refused is not, and the others are judged again. */
function judgeTogether(rows: readonly PlannedRow<CentreRecord>[], basis: Basis): readonly JudgedRow[] {
  const { kind, surroundings } = basis;
  const around = surroundings === null ? null : ownSurroundings(surroundings);
  if (around !== null) for (const { row } of rows) admitted(around, kind, row);
  const found = judgeInTurn(rows, { ...basis, surroundings: around });
  const accepted = found.filter(({ refusal }) => refusal === null).map(({ planned }) => planned);
  if (accepted.length === rows.length) return found;
  const refused = found.filter(({ refusal }) => refusal !== null);
  return [...refused, ...judgeTogether(accepted, basis)];
}

/** Puts what there is already first: it may close and so make room for something new. */
const inOrder = (rows: readonly PlannedRow[]): readonly PlannedRow[] => [
  ...rows.filter(({ before }) => before !== null),
  ...rows.filter(({ before }) => before === null),
];

function planRow<R>(
  { number, cells, isMerged }: PlainRow,
  table: TwoWayTable<R>,
  idOf: (row: R) => string,
): PlannedRow<R> | WrongRow {
  if (isMerged) return { number, trouble: { kind: 'merged' } };
  const before = table.find(cells);
  const read = table.read(cells, before);
  if (read.ok) return { number, id: idOf(read.row), row: read.row, before };
  const { column, why } = read;
  return { number, trouble: { kind: 'cell', column, value: shownValue(cells[column] ?? ''), why } };
}

/** Letters of a cell that a person is shown. */
const LONGEST_SHOWN = 200;

/** Text of a cell; where several lines were joined, what each says. */
const shownValue = (cell: string): string => cell.replaceAll(/\p{Cc}+/gu, ' / ').slice(0, LONGEST_SHOWN);

function judged(
  { id, row, before }: PlannedRow<CentreRecord>,
  { kind, role, surroundings }: Basis,
): Refusal | null {
  const from = before === null ? null : changedFields(before, row);
  const command = { name: 'saveRecord', args: { kind, row, from } } as OneRecordCommand;
  const decision = decideRecord(id, before, command, { role, surroundings });
  if (!decision.ok) return decision.refusal;
  if (surroundings !== null && decision.row !== null) admitted(surroundings, kind, decision.row);
  return null;
}

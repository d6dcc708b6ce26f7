import {
  changedFields,
  decideRecord,
  type CentreRecord,
  type OneRecordCommand,
} from '#shared/domain/record.ts';
import { admitted, ownSurroundings, type OwnSurroundings } from '#shared/domain/records/admit.ts';
import { RECORD_RULES, type RecordKind } from '#shared/domain/records/record-rules.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { Role } from '#shared/domain/actor.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { CellTrouble, PlainRow, SettingsTable } from './settings-table.ts';

/** A row of the file that would be saved. */
export interface PlannedRow {
  /** As a spreadsheet numbers it; 0 for one that the file does not have. */
  readonly number: number;
  readonly id: string;
  readonly row: CentreRecord;
  /** Null for a new one. */
  readonly before: CentreRecord | null;
}

/** Why a row is not taken. */
export type RowTrouble =
  | { readonly kind: 'cell'; readonly column: string; readonly value: string; readonly why: CellTrouble }
  | { readonly kind: 'merged' }
  /** The same thing stands in the row `first`. */
  | { readonly kind: 'repeated'; readonly first: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface WrongRow {
  readonly number: number;
  readonly trouble: RowTrouble;
}

/** Changes that a file would make. */
export interface LoadPlan {
  readonly added: readonly PlannedRow[];
  readonly changed: readonly PlannedRow[];
  readonly same: number;
  readonly wrong: readonly WrongRow[];
}

interface Basis {
  readonly kind: RecordKind;
  readonly table: SettingsTable<CentreRecord>;
  readonly role: Role;
  /** Rows that are accepted are added to it. */
  readonly surroundings: OwnSurroundings | null;
}

/**
 * Says what a file would change, row by row: each is judged as it will be when it is saved, knowing of those
 * before it. Nothing is stored.
 */
export function planLoad(rows: readonly PlainRow[], basis: Basis): LoadPlan {
  const [added, changed, wrong]: [PlannedRow[], PlannedRow[], WrongRow[]] = [[], [], []];
  const differing: PlannedRow[] = [];
  const firstOf = new Map<string, number>();
  const read: CentreRecord[] = [];
  let same = 0;
  basis.table.begin?.(rows.map(({ cells }) => cells));
  for (const row of rows) {
    const planned = planRow(row, basis);
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
    if (sameJson(planned.before, planned.row)) {
      same += 1;
      continue;
    }
    differing.push(planned);
  }
  differing.push(...restOf(read, basis));
  const judge = RECORD_RULES[basis.kind].areJudgedTogether === true ? judgeTogether : judgeInTurn;
  for (const { planned, refusal } of judge(inOrder(differing), basis)) {
    if (refusal !== null) wrong.push({ number: planned.number, trouble: { kind: 'refused', refusal } });
    else (planned.before === null ? added : changed).push(planned);
  }
  return { added, changed, same, wrong: wrong.toSorted((a, b) => a.number - b.number) };
}

/** Rows that change because a file which is the whole does not have them. */
const restOf = (rows: readonly CentreRecord[], { table }: Basis): readonly PlannedRow[] =>
  (table.rest?.(rows) ?? []).map(({ row, before }) => ({
    number: 0,
    id: (row as { readonly id: string }).id,
    row,
    before,
  }));

interface JudgedRow {
  readonly planned: PlannedRow;
  readonly refusal: Refusal | null;
}

const judgeInTurn = (rows: readonly PlannedRow[], basis: Basis): readonly JudgedRow[] =>
  rows.map((planned) => ({ planned, refusal: judged(planned, basis) }));

/** Judges each as though all were there; what is refused is not, and the others are judged again. */
function judgeTogether(rows: readonly PlannedRow[], basis: Basis): readonly JudgedRow[] {
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

function planRow({ number, cells, isMerged }: PlainRow, { table }: Basis): PlannedRow | WrongRow {
  if (isMerged) return { number, trouble: { kind: 'merged' } };
  const before = table.find(cells);
  const read = table.read(cells, before);
  if (read.ok) return { number, id: (read.row as { readonly id: string }).id, row: read.row, before };
  const { column, why } = read;
  return { number, trouble: { kind: 'cell', column, value: shownValue(cells[column] ?? ''), why } };
}

/** Letters of a cell that a person is shown. */
const LONGEST_SHOWN = 200;

/** Text of a cell; where several lines were joined, what each says. */
const shownValue = (cell: string): string => cell.replaceAll(/\p{Cc}+/gu, ' / ').slice(0, LONGEST_SHOWN);

function judged({ id, row, before }: PlannedRow, { kind, role, surroundings }: Basis): Refusal | null {
  const from = before === null ? null : changedFields(before, row);
  const command = { name: 'saveRecord', args: { kind, row, from } } as OneRecordCommand;
  const decision = decideRecord(id, before, command, { role, surroundings });
  if (!decision.ok) return decision.refusal;
  if (surroundings !== null && decision.row !== null) admitted(surroundings, kind, decision.row);
  return null;
}

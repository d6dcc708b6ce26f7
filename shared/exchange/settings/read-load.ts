import type { Role } from '#shared/domain/actor.ts';
import type { ManyRecordsCommand } from '#shared/domain/record.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FileRefusal } from '../refusals.ts';
import { refusable } from '../table-read.ts';
import { loadCommands } from './load-commands.ts';
import { planLoad, type LoadPlan, type PlannedRow, type WrongRow } from './plan-load.ts';
import { readPlainTable, type PlainTable } from './plain-table.ts';
import { recordsOf } from './record-parts.ts';
import type { TwoWayTable } from './settings-table.ts';
import { settingsTable, type TableBasis, type TableKind } from './tables.ts';

/** Rows of each sort that a person is shown; all of them are counted. */
export const MOST_ROWS_SHOWN = 300;

/** A cell that would change: «Ведомство: Мэрия → Депстрой»; `was` is null in a new row. */
export interface CellChange {
  readonly header: string;
  readonly was: string | null;
  readonly is: string;
}

/** A row of the file as the preview shows it. */
export interface ShownRow {
  /** As a spreadsheet numbers it; 0 for one that the file does not have. */
  readonly number: number;
  /** Its first cells. */
  readonly name: string;
  readonly changes: readonly CellChange[];
}

/** A wrong row with the header of the cell that is to blame. */
export interface ShownWrong extends WrongRow {
  readonly header: string;
}

/** Changes that a file would make, as a person is told of them. */
export interface ToldLoad extends Omit<PlainTable, 'rows'> {
  readonly file: string;
  readonly rows: number;
  readonly counts: Readonly<Record<'added' | 'changed' | 'same' | 'wrong', number>>;
  readonly added: readonly ShownRow[];
  readonly changed: readonly ShownRow[];
  readonly wrong: readonly ShownWrong[];
}

/** A file of settings and what it would change. */
export interface LoadPreview extends ToldLoad {
  readonly kind: TableKind;
  /** These save all that is new and changed. */
  readonly commands: readonly ManyRecordsCommand[];
}

export type LoadPreviewResult =
  | { readonly ok: true; readonly value: LoadPreview }
  | { readonly ok: false; readonly refusal: FileRefusal };

/** The basis that a file is judged on. */
export interface LoadBasis extends TableBasis {
  readonly role: Role;
  readonly file: string;
}

/** Reads a file of settings and says what it would change; nothing is stored. For a worker. */
export const readLoad = (
  source: ByteSource,
  kind: TableKind,
  { file, role, ...basis }: LoadBasis,
): Promise<LoadPreviewResult> =>
  refusable(async () => {
    const table = settingsTable(kind, basis);
    const { rows, ...rest } = await readPlainTable(source, table.columns);
    const surroundings = surroundingsOf(kind, basis.rowsOf, basis.at);
    const plan = planLoad(table.join?.(rows) ?? rows, { kind, table, role, surroundings });
    const { added, changed } = plan;
    return {
      ...rest,
      kind,
      file,
      rows: rows.length,
      ...toldPlan(plan, table),
      commands: loadCommands(recordsOf(table, [...changed, ...added]), { kind, file, takesBack: null }),
    };
  });

/** Rows of a plan as a person is shown them, and how many of each sort there are. */
export function toldPlan<R>(
  { added, changed, same, wrong }: LoadPlan<R>,
  table: TwoWayTable<R>,
): Pick<ToldLoad, 'counts' | 'added' | 'changed' | 'wrong'> {
  return {
    counts: { added: added.length, changed: changed.length, same, wrong: wrong.length },
    added: added.slice(0, MOST_ROWS_SHOWN).map((row) => shownRow(row, table)),
    changed: changed.slice(0, MOST_ROWS_SHOWN).map((row) => shownRow(row, table)),
    wrong: wrong.slice(0, MOST_ROWS_SHOWN).map((row) => ({ ...row, header: headerOf(row, table) })),
  };
}

/** SettingsCells that name a row. */
const NAMING = 3;

function shownRow<R>({ number, row, before }: PlannedRow<R>, table: TwoWayTable<R>): ShownRow {
  const is = table.write(row);
  const was = before === null ? null : table.write(before);
  const shown = table.columns.filter(({ key }) => key !== 'id');
  return {
    number,
    name: nameOf(row, table),
    changes: shown.slice(was === null ? NAMING : 0).flatMap(({ key, header }): CellChange[] => {
      const [old, now] = [was === null ? null : (was[key] ?? ''), is[key] ?? ''];
      return old === now || (old === null && now === '') ? [] : [{ header, ...told(old, now) }];
    }),
  };
}

/** Letters of a cell that the preview shows. */
const LONGEST_TOLD = 600;

/** Says what a cell was and is; of a list, one a line, the lines that are not in both. */
function told(was: string | null, is: string): Pick<CellChange, 'was' | 'is'> {
  const [before, after] = [was?.split('\n') ?? [], is.split('\n')];
  const isList = was !== null && before.length + after.length > 2;
  const [gone, come] = [new Set(after), new Set(before)];
  return {
    was: was === null ? null : shortened(isList ? before.filter((line) => !gone.has(line)) : before),
    is: shortened(isList ? after.filter((line) => !come.has(line)) : after),
  };
}

function shortened(lines: readonly string[]): string {
  const text = lines.join(' · ');
  return text.length > LONGEST_TOLD ? `${text.slice(0, LONGEST_TOLD)}…` : text;
}

/** The first cells of a row, which say what it is. */
export function nameOf<R>(row: R, table: TwoWayTable<R>): string {
  const cells = table.write(row);
  const first = table.columns.slice(0, NAMING).map(({ key }) => cells[key] ?? '');
  return first.filter(Boolean).join(' · ');
}

const headerOf = ({ trouble }: WrongRow, { columns }: Pick<TwoWayTable<never>, 'columns'>): string =>
  trouble.kind === 'cell' ? (columns.find(({ key }) => key === trouble.column)?.header ?? '') : '';

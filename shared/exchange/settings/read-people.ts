import type { TablePerson } from '#shared/domain/account-rules.ts';
import { loginLooks } from '#shared/domain/records/looks.ts';
import { MOST_PEOPLE_LOADED } from '#shared/protocol/people-load.ts';
import type { ByteSource } from '../byte-source.ts';
import { FileRefused, type FileRefusal } from '../refusals.ts';
import { refusable } from '../table-read.ts';
import { peopleTable, type PeopleBasis } from './people-table.ts';
import type { PlannedRow, ReadRows, WrongRow } from './plan-load.ts';
import { readRows } from './plan-load.ts';
import { readPlainTable, type PlainTable } from './plain-table.ts';
import { toldPlan, type ToldLoad } from './read-load.ts';

/** A file of people as it was read; the centre has not judged it yet. */
export interface PeopleFile extends Omit<PlainTable, 'rows'>, Omit<ReadRows<TablePerson>, 'read'> {
  readonly file: string;
  readonly rows: number;
}

export type PeopleFileResult =
  | { readonly ok: true; readonly value: PeopleFile }
  | { readonly ok: false; readonly refusal: FileRefusal };

/** Reads a file of people; nothing is stored. For a worker. */
export const readPeopleFile = (
  source: ByteSource,
  { file, ...basis }: PeopleBasis & { readonly file: string },
): Promise<PeopleFileResult> =>
  refusable(async () => {
    const table = peopleTable(basis);
    const { rows, ...rest } = await readPlainTable(source, table.columns);
    const { differing, wrong, same } = readRows(rows, table, ({ login }) => loginLooks(login));
    const beyond = differing[MOST_PEOPLE_LOADED];
    if (beyond !== undefined) throw new FileRefused({ kind: 'too_many_rows', row: beyond.number });
    return { ...rest, file, rows: rows.length, differing, wrong, same };
  });

/** Tells what a file would change, without the rows that the centre does not take. */
export function toldPeople(
  { differing, wrong, same, ...file }: PeopleFile,
  refused: readonly WrongRow[],
  basis: PeopleBasis,
): ToldLoad {
  const numbers = new Set(refused.map(({ number }) => number));
  const taken = differing.filter(({ number }) => !numbers.has(number));
  const isNew = ({ before }: PlannedRow<TablePerson>): boolean => before === null;
  const plan = {
    added: taken.filter(isNew),
    changed: taken.filter((row) => !isNew(row)),
    same,
    wrong: [...wrong, ...refused].toSorted((a, b) => a.number - b.number),
  };
  return { ...file, ...toldPlan(plan, peopleTable(basis)) };
}

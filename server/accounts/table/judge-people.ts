import {
  newcomerTrouble,
  personTrouble,
  type AccountTrouble,
  type PersonFields,
  type TablePersonFields,
} from '#shared/domain/account-rules.ts';
import { loginLooks } from '#shared/domain/records/looks.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { PeopleRow } from '#shared/protocol/people-load.ts';
import type { KnownPerson, TakenLogins } from './read-people.ts';

/** The region as rows of people are judged on it. */
export interface PeopleSurroundings {
  /** By login, small letters. */
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly agencies: ReadonlySet<string>;
  readonly taken: TakenLogins;
  /** Account id of who loads. */
  readonly by: string;
}

/** A row that is not taken: its place, and why. */
export interface RefusedRow {
  readonly at: number;
  readonly why: AccountTrouble;
}

/** The fields of a person that a table changes. */
export const tableFieldsOf = ({
  displayName,
  role,
  agency,
  mail,
  isDisabled,
}: TablePersonFields): TablePersonFields => ({ displayName, role, agency, mail, isDisabled });

const isAdministrator = ({
  role,
  isDisabled,
}: Pick<PersonFields, 'role'> & { readonly isDisabled: boolean }): boolean =>
  role === 'administrator' && !isDisabled;

/**
 * Says which rows are not taken, each knowing of those before it: logins look different from one another, and
 * at no moment is the last administrator gone.
 */
export function judgePeopleRows(
  rows: readonly PeopleRow[],
  around: PeopleSurroundings,
): readonly RefusedRow[] {
  const logins = new Set<string>();
  const administrators = new Set([...around.people.values()].filter(isAdministrator).map(({ id }) => id));
  const judge = (row: PeopleRow): AccountTrouble | null => {
    const looks = loginLooks(row.login);
    if (logins.has(looks)) return 'login_alike';
    const why = row.from === null ? newTrouble(row, around) : changeTrouble(row, around, administrators);
    if (why === null) logins.add(looks);
    return why;
  };
  return rows.flatMap((row, at) => {
    const why = judge(row);
    return why === null ? [] : [{ at, why }];
  });
}

const agencyUnknown = ({ agency }: PersonFields, { agencies }: PeopleSurroundings): AccountTrouble | null =>
  agency === null || agencies.has(agency) ? null : 'agency_unknown';

function newTrouble(row: PeopleRow, around: PeopleSurroundings): AccountTrouble | null {
  const why = newcomerTrouble(row) ?? agencyUnknown(row, around);
  if (why !== null) return why;
  if (around.taken.same.has(row.login)) return 'login_taken';
  return around.taken.alike.has(row.login) ? 'login_alike' : null;
}

function changeTrouble(
  row: PeopleRow,
  around: PeopleSurroundings,
  administrators: Set<string>,
): AccountTrouble | null {
  const known = around.people.get(row.login.toLowerCase());
  if (known === undefined || !sameJson(tableFieldsOf(known), row.from)) return 'changed_meanwhile';
  const why = personTrouble(row) ?? agencyUnknown(row, around);
  if (why !== null) return why;
  if (isAdministrator(row)) administrators.add(known.id);
  else if (administrators.size === 1 && administrators.has(known.id)) return 'last_administrator';
  if (known.id === around.by && (row.role !== known.role || row.isDisabled)) return 'oneself';
  if (!isAdministrator(row)) administrators.delete(known.id);
  return null;
}

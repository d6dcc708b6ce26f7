import { LONGEST_PERSON_NAME, type TablePerson } from '#shared/domain/account-rules.ts';
import { ROLES, type Role } from '#shared/domain/actor.ts';
import { existsAt, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { LOGIN_LENGTH } from '#shared/domain/login-name.ts';
import { looksOf } from '#shared/domain/records/looks.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { mailAddressSchema } from '#shared/protocol/mail.ts';
import { nameFinder } from './name-finder.ts';
import { readingOf, WrongCell } from './row-cells.ts';
import { column, type RowReading, type SettingsCells, type TwoWayTable } from './settings-table.ts';

/** The words of a role in a table: Russian, for the file goes to people of the region. */
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  operator: 'Оператор',
  approver: 'Согласующий',
  executor: 'Исполнитель',
  observer: 'Наблюдатель',
  administrator: 'Администратор',
};
const OPEN = 'есть';
const CLOSED = 'закрыт';

const COLUMNS = [
  column('login', 'Логин', 22, true),
  column('displayName', 'Имя и фамилия', 32, true),
  column('role', 'Роль', 16, true),
  column('agency', 'Ведомство', 44),
  column('mail', 'Почта', 30),
  column('access', 'Доступ', 10),
];

/** The basis of the table of people: those who are there, and the agencies that executors are of. */
export interface PeopleBasis {
  readonly people: readonly ListedAccount[];
  readonly agencies: readonly Agency[];
  readonly at: Instant;
}

/** A listed person as a row of the table. */
export const tablePersonOf = ({
  login,
  displayName,
  role,
  agency,
  mail,
  isDisabled,
}: ListedAccount): TablePerson => ({ login, displayName, role, agency, mail, isDisabled });

/** How people are a table. A column that the file does not have leaves what it says as it is. */
export function peopleTable({ people, agencies, at }: PeopleBasis): TwoWayTable<TablePerson> {
  const byLogin = new Map(people.map((person) => [person.login.toLowerCase(), person]));
  const names = new Map(agencies.map(({ id, name }) => [id, name]));
  const readers = { ...agencyReader(agencies, at), waiting: waitingLogins(people) };
  return {
    title: 'Люди',
    columns: COLUMNS,
    write: ({ login, displayName, role, agency, mail, isDisabled }) => ({
      login,
      displayName,
      role: ROLE_WORDS[role],
      agency: agency === null ? '' : (names.get(agency) ?? agency),
      mail: mail ?? '',
      access: isDisabled ? CLOSED : OPEN,
    }),
    find: (cells) => {
      const found = byLogin.get((cells['login'] ?? '').toLowerCase());
      return found === undefined ? null : tablePersonOf(found);
    },
    read: (cells, before) => readPerson(cells, before, readers),
  };
}

/** Logins of closed accounts that nobody has ever come in by with a password of their own. */
const waitingLogins = (people: readonly ListedAccount[]): ReadonlySet<string> =>
  new Set(
    people.flatMap(({ login, isDisabled, passwordIsTemporary }) =>
      isDisabled && passwordIsTemporary ? [login] : [],
    ),
  );

interface Readers {
  readonly agencyOf: (cell: string, before: TablePerson | null) => string;
  readonly waiting: ReadonlySet<string>;
}

function agencyReader(agencies: readonly Agency[], at: Instant): Pick<Readers, 'agencyOf'> {
  const namesOf = ({ id, name, shortName }: Agency) => [name, shortName, id];
  const find = nameFinder(
    agencies.filter((agency) => existsAt(agency, at)),
    namesOf,
  );
  return {
    agencyOf: (cell, before) => {
      const kept = agencies.find(({ id }) => id === before?.agency);
      // Somebody's agency that has closed since: what was not touched is left as it is.
      if (kept !== undefined && namesOf(kept).includes(cell)) return kept.id;
      const found = find(cell);
      if (!found.ok) throw new WrongCell('agency', found.why);
      return found.value.id;
    },
  };
}

const findRole = nameFinder(ROLES, (role) => [ROLE_WORDS[role], role]);

function roleOf(cell: string): Role {
  const found = findRole(cell);
  if (!found.ok) throw new WrongCell('role', found.why);
  return found.value;
}

function mailOf(cell: string | undefined, before: TablePerson | null): string | null {
  if (cell === undefined) return before?.mail ?? null;
  if (cell === '') return null;
  if (!mailAddressSchema.safeParse(cell).success) throw new WrongCell('mail', 'broken_mail');
  return cell;
}

const [openLooks, closedLooks] = [OPEN, CLOSED].map(looksOf);

/**
 * Says whether an account is closed. Where nothing is written it stays as it is; but somebody who is closed
 * and has never come in is named in order to come in.
 */
function isDisabledBy(cell: string, before: TablePerson | null, waiting: ReadonlySet<string>): boolean {
  if (cell === '') return before !== null && before.isDisabled && !waiting.has(before.login);
  const looks = looksOf(cell);
  if (looks !== openLooks && looks !== closedLooks) throw new WrongCell('access', 'unknown');
  return looks === closedLooks;
}

function needed(cells: SettingsCells, key: string, longest: number): string {
  const cell = cells[key] ?? '';
  if (cell === '') throw new WrongCell(key, 'missing');
  if (cell.length > longest) throw new WrongCell(key, 'too_long');
  return cell;
}

const readPerson = (
  cells: SettingsCells,
  before: TablePerson | null,
  { agencyOf, waiting }: Readers,
): RowReading<TablePerson> =>
  readingOf(() => {
    const login = needed(cells, 'login', LOGIN_LENGTH.longest);
    const displayName = needed(cells, 'displayName', LONGEST_PERSON_NAME);
    const role = roleOf(needed(cells, 'role', 100));
    const cell = cells['agency'];
    const kept = role === 'executor' ? (before?.agency ?? null) : null;
    const agency = cell === undefined ? kept : cell === '' ? null : agencyOf(cell, before);
    const mail = mailOf(cells['mail'], before);
    const isDisabled = isDisabledBy(cells['access'] ?? '', before, waiting);
    return { login: before?.login ?? login, displayName, role, agency, mail, isDisabled };
  });

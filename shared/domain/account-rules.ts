import type { Role } from './actor.ts';
import { loginNameTrouble } from './login-name.ts';

/** The longest name of a person, in characters. */
export const LONGEST_PERSON_NAME = 200;

/**
 * Reasons why an account is not made or not changed; each is `account_<reason>` among the API's errors.
 * `login_alike`: somebody has a login that looks the same. `oneself`: an administrator would shut out
 * themselves. `changed_meanwhile`: the person is not as whoever decided saw them.
 */
export const ACCOUNT_TROUBLES = [
  'login_length',
  'login_letters',
  'login_taken',
  'login_alike',
  'name_length',
  'agency_missing',
  'agency_unknown',
  'agency_needless',
  'municipality_unknown',
  'last_administrator',
  'oneself',
  'changed_meanwhile',
] as const;
export type AccountTrouble = (typeof ACCOUNT_TROUBLES)[number];

/** The fields of a person that an administrator fills. `agency`: an executor's, null for everybody else. */
export interface PersonFields {
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
  /** Ids of municipalities that the person's queue opens with; left out: as they are. */
  readonly municipalities?: readonly string[] | undefined;
}

/** A person who is to come in. */
export interface Newcomer extends PersonFields {
  readonly login: string;
}

/** A person as one row of a table says it; `mail`: null where no address is known. */
export interface TablePerson extends Newcomer {
  readonly mail: string | null;
  readonly isDisabled: boolean;
}

/** The part of a row that may change; a login never does. */
export type TablePersonFields = Omit<TablePerson, 'login'>;

/** Says what is wrong with a name or an agency, without asking the region; null when nothing is. */
export function personTrouble({ displayName, role, agency }: PersonFields): AccountTrouble | null {
  if (displayName.trim() === '' || displayName.length > LONGEST_PERSON_NAME) return 'name_length';
  if (role !== 'executor') return agency === null ? null : 'agency_needless';
  return agency === null ? 'agency_missing' : null;
}

/** As {@link personTrouble}, with the login of somebody new. */
export const newcomerTrouble = (newcomer: Newcomer): AccountTrouble | null =>
  loginNameTrouble(newcomer.login) ?? personTrouble(newcomer);

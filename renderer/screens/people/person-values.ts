import type { FormErrors } from '@mantine/form';
import { personTrouble, type AccountTrouble, type Newcomer } from '#shared/domain/account-rules.ts';
import { ROLES } from '#shared/domain/actor.ts';
import { loginNameTrouble } from '#shared/domain/login-name.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** The form of a person as typed. */
export interface PersonValues {
  readonly login: string;
  readonly displayName: string;
  readonly role: string;
  readonly agency: string | null;
  readonly municipalities: string[];
}

/** The form as it opens: of somebody who is there, or of somebody new. */
export const personValuesOf = (person: ListedAccount | null): PersonValues => ({
  login: person?.login ?? '',
  displayName: person?.displayName ?? '',
  role: person?.role ?? 'operator',
  agency: person?.agency ?? null,
  municipalities: [...(person?.municipalities ?? [])],
});

/** Reads the form: an agency that was chosen before the role is not an operator's. */
export function readPerson({
  login,
  displayName,
  role: chosen,
  agency,
  municipalities,
}: PersonValues): Newcomer {
  const role = memberOf(ROLES, chosen) ?? 'observer';
  return {
    login: login.trim(),
    displayName: displayName.trim(),
    role,
    agency: role === 'executor' ? agency : null,
    municipalities,
  };
}

const FIELD: ReadonlyMap<string, keyof PersonValues> = new Map<AccountTrouble, keyof PersonValues>([
  ['municipality_unknown', 'municipalities'],
  ['login_length', 'login'],
  ['login_letters', 'login'],
  ['login_taken', 'login'],
  ['login_alike', 'login'],
  ['name_length', 'displayName'],
  ['agency_missing', 'agency'],
  ['agency_unknown', 'agency'],
  ['last_administrator', 'role'],
  ['oneself', 'role'],
]);
const PREFIX = 'account_';

/** The field that an error of the centre is about; undefined for any other error. */
export const fieldOfError = (error: ApiErrorKind): keyof PersonValues | undefined =>
  error.startsWith(PREFIX) ? FIELD.get(error.slice(PREFIX.length)) : undefined;

/**
 * Says what is wrong with a form before it is sent: fields, and names of the centre's own errors; `empty` of
 * one that is not filled in.
 */
export function personErrors(values: PersonValues, isNew: boolean): FormErrors {
  const person = readPerson(values);
  const isEmpty = (field: keyof PersonValues): boolean => (person[field] ?? '') === '';
  const troubles = [isNew ? loginNameTrouble(person.login) : null, personTrouble(person)];
  return Object.fromEntries(
    troubles.flatMap((trouble) => {
      if (trouble === null) return [];
      const field = FIELD.get(trouble) ?? 'displayName';
      return [[field, isEmpty(field) ? 'empty' : `${PREFIX}${trouble}`]];
    }),
  );
}

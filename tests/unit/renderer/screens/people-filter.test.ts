import { expect, it } from 'vitest';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import {
  EVERYBODY,
  filterPeople,
  personStateOf,
  type PeopleFilter,
} from '#renderer/screens/people/people-filter.ts';
import { personErrors, readPerson } from '#renderer/screens/people/person-values.ts';

const person = (login: string, change: Partial<ListedAccount> = {}): ListedAccount => ({
  id: login,
  login,
  displayName: 'Вера Лис',
  role: 'operator',
  agency: null,
  isDisabled: false,
  passwordIsTemporary: false,
  seenAt: null,
  sessions: 0,
  mail: null,
  ...change,
});

const people = [
  person('vera'),
  person('semyon', { displayName: 'Семён Ёлкин', role: 'executor', agency: 'roads' }),
  person('new', { passwordIsTemporary: true }),
  person('closed', { isDisabled: true, passwordIsTemporary: true }),
];

it.each<[Partial<PeopleFilter>, readonly string[]]>([
  [{}, ['vera', 'semyon', 'new', 'closed']],
  [{ text: 'елкин СЕМ' }, ['semyon']],
  [{ text: 'лис ver' }, ['vera']],
  [{ role: 'executor' }, ['semyon']],
  [{ agency: 'roads' }, ['semyon']],
  [{ agency: 'water' }, []],
  [{ state: 'active' }, ['vera', 'semyon']],
  [{ state: 'newcomer' }, ['new']],
  [{ state: 'disabled', text: 'лис' }, ['closed']],
])('%o shows %j', (filter, logins) => {
  expect(filterPeople(people, { ...EVERYBODY, ...filter }).map(({ login }) => login)).toEqual(logins);
});

it('somebody closed who never came in is closed', () => {
  expect(people.map(personStateOf)).toEqual(['active', 'active', 'newcomer', 'disabled']);
});

it('an agency that was chosen before the role is not an operator’s', () => {
  const values = { login: ' vera ', displayName: ' Вера ', role: 'operator', agency: 'roads' };
  const municipalities = ['city'];
  expect(readPerson({ ...values, municipalities })).toEqual({
    login: 'vera',
    displayName: 'Вера',
    role: 'operator',
    agency: null,
    municipalities,
  });
});

it('a form names every wrong field; the login of somebody who is there is not judged', () => {
  const values = { login: 'анна', displayName: 'Анна', role: 'executor', agency: null, municipalities: [] };
  const agency = 'empty';
  expect(personErrors(values, true)).toEqual({ login: 'account_login_letters', agency });
  expect(personErrors(values, false)).toEqual({ agency });
  expect(personErrors({ ...values, agency: 'roads' }, false)).toEqual({});
});

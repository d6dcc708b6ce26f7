import type { Role } from '#shared/domain/actor.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';

/** How an account stands: in use, waiting for the first login, or closed. */
export const PERSON_STATES = ['active', 'newcomer', 'disabled'] as const;
export type PersonState = (typeof PERSON_STATES)[number];

/** Which people are shown; null: any. */
export interface PeopleFilter {
  readonly text: string;
  readonly role: Role | null;
  readonly agency: string | null;
  readonly state: PersonState | null;
}

/** The filter that lets everybody through. */
export const EVERYBODY: PeopleFilter = { text: '', role: null, agency: null, state: null };

export const personStateOf = ({ isDisabled, passwordIsTemporary }: ListedAccount): PersonState => {
  if (isDisabled) return 'disabled';
  return passwordIsTemporary ? 'newcomer' : 'active';
};

const flat = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Gives the people that a filter lets through: every word of its text is in the name or the login. */
export function filterPeople(
  people: readonly ListedAccount[],
  { text, role, agency, state }: PeopleFilter,
): readonly ListedAccount[] {
  const words = flat(text).split(/\s+/);
  return people.filter(
    (person) =>
      (role === null || person.role === role) &&
      (agency === null || person.agency === agency) &&
      (state === null || personStateOf(person) === state) &&
      words.every((word) => flat(`${person.displayName} ${person.login}`).includes(word)),
  );
}

import { findIdentifiers, type IdentifierKind } from './identifiers/find-identifiers.ts';
import { withoutHouses } from './identifiers/houses.ts';
import { withoutPeople } from './identifiers/people.ts';

/** Marks put in place of what tells who a person is. The texts are Russian, so the marks are. */
const MARK: Readonly<Record<IdentifierKind, string>> = {
  phone: '[телефон]',
  mail: '[почта]',
  link: '[ссылка]',
  nick: '[имя]',
  number: '[номер]',
  birth: '[дата рождения]',
};

/**
 * A text without what a person is reached or known by for certain: telephones, mail, nicks and pages in
 * networks, numbers of cards, accounts, papers and cars, dates of birth. Hot lines, addresses, sums, dates
 * of events and the names of streets stay, and so do people's names. Every way out of the centre takes texts
 * through here.
 */
export function withoutIdentifiers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { kind, start, end } of findIdentifiers(text).all) {
    parts.push(text.slice(from, start), MARK[kind]);
    from = end;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

const LINK = /(?:https?:\/\/|www\.)[^\s<>"«»]{1,2000}/giu;
const LONG_NUMBER = /(?<![\p{L}\p{N}.,])\d(?:[\s-]?\d){7,60}/gu;

/**
 * A text for everybody to read: besides identifiers it loses people's names, all links and long numbers,
 * numbers of houses and flats. Streets and towns stay, for they are what it is about. `names` are names
 * known to belong to it. It hides rather too much, and a person reads it before it goes out.
 */
export function deidentified(text: string, names: readonly string[] = []): string {
  const reached = withoutIdentifiers(text).replaceAll(LINK, MARK.link).replaceAll(LONG_NUMBER, MARK.number);
  return withoutPeople(withoutHouses(reached), names);
}

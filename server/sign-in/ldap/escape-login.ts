import { escapeFilter } from 'ldapts';
import { LOGIN_PLACE } from '#shared/protocol/ldap.ts';

/**
 * Tells whether a directory may be asked about these at all. A password that is empty, or that a server
 * written in C reads as empty, would be an unauthenticated bind, which succeeds for anybody (RFC 4513,
 * 5.1.2).
 */
export const isAskable = (login: string, password: string): boolean =>
  login !== '' && !/\p{Cc}/u.test(login) && password !== '' && !password.includes('\0');

/** Puts a login into a filter as a value: nothing in it is syntax any more (RFC 4515, 3). */
export const filterFor = (filter: string, login: string): string =>
  filter.replaceAll(LOGIN_PLACE, () => escapeFilter`${login}`);

/** Puts a login into a template of names as a value (RFC 4514, 2.4). */
export const nameFor = (template: string, login: string): string => {
  const escaped = login
    .replaceAll(/["+,;<=>\\]/g, (sign) => `\\${sign}`)
    .replace(/^[ #]/, (sign) => `\\${sign}`)
    .replace(/ $/, '\\ ')
    .replaceAll('\0', String.raw`\00`);
  return template.replaceAll(LOGIN_PLACE, () => escaped);
};

/** Gives a name of an entry as it is compared: directories write spaces and capitals as they like. */
export const foldedName = (name: string): string => {
  const trimmedAround = (text: string, sign: string): string =>
    text
      .split(sign)
      .map((part) => part.trim())
      .join(sign);
  return trimmedAround(trimmedAround(name, ','), '=').toLowerCase();
};

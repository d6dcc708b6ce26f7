/** The length of a login, in characters. */
export const LOGIN_LENGTH = { shortest: 3, longest: 64 } as const;

export type LoginTrouble = 'login_length' | 'login_letters';

/**
 * Says why no account may have this login; null when it may. Only Latin letters, digits and `. _ - @`: a
 * Cyrillic «о» looks like a Latin one, and then two people would have one name on the screen.
 */
export function loginNameTrouble(login: string): LoginTrouble | null {
  if (login.length < LOGIN_LENGTH.shortest || login.length > LOGIN_LENGTH.longest) return 'login_length';
  return /^[a-z0-9][a-z0-9._@-]*$/i.test(login) ? null : 'login_letters';
}

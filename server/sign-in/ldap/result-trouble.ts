import type { SignInTrouble } from '#shared/protocol/sign-in.ts';
import type { LdapReply } from './ldap-line.ts';

/** Codes of results (RFC 4511, A.1) that mean the same whatever was asked. */
const COMMON: Readonly<Record<number, SignInTrouble>> = {
  3: 'late',
  8: 'needs_encryption',
  10: 'referral',
  13: 'needs_encryption',
  51: 'unreachable',
  52: 'unreachable',
};

/** Of a search: 1 is what Active Directory says to whoever has not bound. */
const OF_SEARCH: Readonly<Record<number, SignInTrouble>> = {
  1: 'bind_account',
  32: 'base',
  34: 'base',
  50: 'bind_account',
};

/** Says why a search failed; null where it did not. 4: there is more than was asked for. */
export const searchTrouble = ({ code }: LdapReply): SignInTrouble | null =>
  code === 0 || code === 4 ? null : (OF_SEARCH[code] ?? COMMON[code] ?? 'provider');

/** Codes of a bind that say the password, or the name, is not right. */
const WRONG = [32, 34, 48, 49];
/** The account is closed or locked there: constraintViolation of 389 DS, unwillingToPerform. */
const SHUT = [19, 53];
/** Active Directory's own reasons inside 49: expired, closed, out of date, to be changed, locked. */
const SHUT_DATA = /\bdata (?:532|533|701|773|775)\b/;

/** Says how a bind of a person ended: null where the password is theirs, `wrong` where it is not. */
export function bindTrouble({ code, text }: LdapReply): SignInTrouble | 'wrong' | null {
  if (code === 0) return null;
  if (code === 49 && SHUT_DATA.test(text)) return 'shut_there';
  if (WRONG.includes(code)) return 'wrong';
  return SHUT.includes(code) ? 'shut_there' : (COMMON[code] ?? 'provider');
}

/** Says why the account that Pult looks with was not let in; null where it was. */
export const readerTrouble = ({ code }: LdapReply): SignInTrouble | null =>
  code === 0 ? null : (COMMON[code] ?? 'bind_account');

import { ACCOUNT_HEADER, accountMark, type Session } from '#shared/protocol/session.ts';

let here: Session | null = null;

/** Notes whose screens this window shows; null at the login screen. */
export function noteSessionHere(session: Session | null): void {
  here = session;
}

/** Headers that mean a request of this window's screens for that person's session and for no other's. */
export const sessionHeaders = (): Readonly<Record<string, string>> =>
  here === null ? {} : { [ACCOUNT_HEADER]: accountMark(here) };

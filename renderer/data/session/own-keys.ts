import type { Session } from '#shared/protocol/session.ts';
import { databaseName } from '#renderer/data/store/database.ts';

/**
 * Names whose part of this workstation's storage is meant, as the local database is named: region and
 * account.
 */
export const profileOf = ({ region, account }: Session): string => databaseName(region.code, account.id);

/**
 * The key of one person's draft or choice in the page's storage: two people at one workstation never meet in
 * a key.
 */
export const ownKey = (profile: string, name: string): string => `${profile}.${name}`;

/** Keys from before each named its account. Looks (theme, language, density) stay the workstation's. */
const UNOWNED = /^pult\.(?:(?:draft|record)\..+|account|shift|quiet)$/;

/**
 * Gives what an older console kept under keys without an account to the person this workstation remembers.
 * When it remembers nobody, that person has logged out and nobody can tell whose the texts are; the next one
 * would read them, so they are dropped.
 */
export function claimUnowned(storage: Storage, owner: string | null): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  for (const key of keys.filter((one) => UNOWNED.test(one))) {
    const own = owner === null ? null : ownKey(owner, key.slice('pult.'.length));
    if (own !== null && storage.getItem(own) === null) storage.setItem(own, storage.getItem(key) ?? '');
    storage.removeItem(key);
  }
}

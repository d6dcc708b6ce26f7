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

const keysOf = (storage: Storage): readonly string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');

/**
 * The key of what one person's session leaves here until its logout, reloads and days without one included.
 */
export const sessionKey = (profile: string, name: string): string => ownKey(profile, `session.${name}`);

/** Drops what a session of this person has left under such keys: it was logged out of. */
export function dropSessionKeys(storage: Storage, profile: string): void {
  const prefix = sessionKey(profile, '');
  for (const key of keysOf(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
}

/** Drops every draft and choice of this person. */
export function dropOwnKeys(storage: Storage, profile: string): void {
  const prefix = ownKey(profile, '');
  for (const key of keysOf(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
}

/** Keys from before each named its account. Looks (theme, language, density) stay the workstation's. */
const UNOWNED = /^pult\.(?:(?:draft|record)\..+|account|shift|quiet)$/;

/**
 * Gives what an older console kept under keys without an account to the person this workstation remembers.
 * When it remembers nobody, that person has logged out and nobody can tell whose the texts are; the next one
 * would read them, so they are dropped.
 */
export function adoptUnowned(storage: Storage, owner: string | null): void {
  for (const key of keysOf(storage).filter((name) => UNOWNED.test(name))) {
    const own = owner === null ? null : ownKey(owner, key.slice('pult.'.length));
    if (own !== null && storage.getItem(own) === null) storage.setItem(own, storage.getItem(key) ?? '');
    storage.removeItem(key);
  }
}

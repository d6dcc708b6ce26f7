import Dexie, { type EntityTable } from 'dexie';
import type { Session } from '#shared/protocol/session.ts';
import { profileOf } from './own-keys.ts';

interface Ended {
  readonly id: 'last';
  readonly session: string;
}

type EndedDatabase = Dexie & { readonly ended: EntityTable<Ended, 'id'> };

let database: EndedDatabase | null = null;

/**
 * Strictly durable: Chromium writes localStorage seconds later, and a machine switched off meanwhile would
 * let the next person in.
 */
function open(): EndedDatabase {
  if (database === null) {
    database = new Dexie('pult-ended', { chromeTransactionDurability: 'strict' }) as EndedDatabase;
    database.version(1).stores({ ended: 'id' });
  }
  return database;
}

const nameOf = (session: Session): string => `${profileOf(session)} ${session.expiresAt}`;

/** Keeps that this session was logged out of; resolves when that is on the disk. */
export async function keepEnded(session: Session): Promise<void> {
  await open().ended.put({ id: 'last', session: nameOf(session) });
}

/** Tells whether this session was logged out of, although localStorage may still remember it. */
export async function wasEnded(session: Session): Promise<boolean> {
  try {
    return (await open().ended.get('last'))?.session === nameOf(session);
  } catch {
    // Without IndexedDB there is no local copy to open either.
    return false;
  }
}

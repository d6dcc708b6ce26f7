import Dexie from 'dexie';
import { LAYOUT_STORES } from './layout/tables.ts';

/**
 * Versions of the database, oldest first. Never edit a version that shipped: consoles upgrade from it.
 */
const VERSIONS: readonly { readonly version: number; readonly stores: Readonly<Record<string, string>> }[] = [
  {
    version: 1,
    stores: {
      ...LAYOUT_STORES,
      meta: '',
      outbox: 'id,&seq',
      base: 'id',
      notAccepted: 'id',
      reference: '[kind+id]',
    },
  },
  // Photos of example cases beside the records, by the hash of their bytes.
  { version: 2, stores: { photo: 'hash,sent' } },
  // What is known of attached files that are kept here; their bytes lie outside the database.
  { version: 3, stores: { attachment: 'hash' } },
];

export type Durability = 'strict' | 'relaxed';

/** One database per region and account on this workstation. */
export const databaseName = (region: string, account: string): string => `pult:${region}:${account}`;

/**
 * A Dexie instance on the database. Durability is a property of the instance, so operator actions and bulk
 * work each have one. `upTo` pins an older version, for tests of upgrades.
 */
export function declareDatabase(name: string, durability: Durability, upTo = Infinity): Dexie {
  const db = new Dexie(name, { chromeTransactionDurability: durability, autoOpen: true });
  for (const { version, stores } of VERSIONS) if (version <= upTo) db.version(version).stores({ ...stores });
  return db;
}

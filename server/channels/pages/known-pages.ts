import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';

/** A page added by another process is called at first in vain for so long; networks call again. */
const FRESH_MS = 5000;

async function readPages(db: Database): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(db);
  const names = new Set<string>();
  for (const { region_id: region } of rows) {
    const pages = await withScope(db, { region }, (tx) =>
      tx.selectFrom('channel').select('id').where('region_id', '=', region).execute(),
    );
    for (const { id } of pages) names.add(`${region}/${id}`);
  }
  return names;
}

/**
 * The pages of all regions, read anew every few seconds and never because of a caller: whoever calls
 * addresses at random, however often, costs the database nothing.
 */
export class KnownPages {
  readonly #db: Database;
  readonly #now: () => Instant;
  #at = Number.NEGATIVE_INFINITY;
  #names: Promise<ReadonlySet<string>> = Promise.resolve(new Set());

  constructor(db: Database, now: () => Instant) {
    this.#db = db;
    this.#now = now;
  }

  /** Throws what the database throws when it is away. */
  async has(region: string, id: string): Promise<boolean> {
    if (this.#now() - this.#at >= FRESH_MS) {
      this.#at = this.#now();
      this.#names = readPages(this.#db);
      this.#names.catch(() => this.forget());
    }
    return (await this.#names).has(`${region}/${id.toLowerCase()}`);
  }

  /** A page was added here: it must be known at once. */
  forget(): void {
    this.#at = Number.NEGATIVE_INFINITY;
  }
}

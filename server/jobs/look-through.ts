import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

/** Incidents looked at in one transaction: a press of Enter in the region waits for no more. */
export const AT_ONCE = 100;

/** It comes before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Goes through incidents of a region in the order of their ids, some in a transaction. `look` takes those
 * that come after an id and gives the last of them; undefined when none was left. Throws when `signal` ends
 * it early.
 */
export async function lookThrough(
  db: Database,
  region: string,
  signal: AbortSignal,
  look: (tx: ScopedTransaction, after: string) => Promise<string | undefined>,
): Promise<void> {
  for (let after: string | undefined = FIRST_ID; after !== undefined;) {
    signal.throwIfAborted();
    const start: string = after;
    after = await withScope(db, { region }, (tx) => look(tx, start));
  }
}

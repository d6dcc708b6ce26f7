import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import { isDatabaseAway } from '#server/process/database-away.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { Page, RawEvent } from '#server/channels/networks/connector.ts';

interface Waiting {
  readonly region: string;
  readonly page: string;
  readonly event: RawEvent;
  readonly at: Instant;
  readonly done: (error?: unknown) => void;
}

const BATCH = 200;

/**
 * As arrays: a statement that is the same for any number of rows costs nothing to write and is planned once.
 */
async function insertEvents(tx: ScopedTransaction, region: string, batch: readonly Waiting[]): Promise<void> {
  const column = (read: (entry: Waiting) => string | number | null): (string | number | null)[] =>
    batch.map(read);
  await sql`insert into channel_event (region_id, channel_id, key, kind, received_at, raw, album, state)
    select ${region}, *, 'new' from unnest(
      ${column(({ page }) => page)}::uuid[], ${column(({ event }) => cleanText(event.key))}::text[],
      ${column(({ event }) => cleanText(event.kind))}::text[], ${column(({ at }) => at)}::bigint[],
      ${column(({ event }) => cleanText(event.raw))}::text[],
      ${column(({ event }) => event.album ?? null)}::text[])
    on conflict do nothing`.execute(tx);
}

/**
 * Stores events, each once by its key. A network in a hurry calls hundreds of times a second and wants each
 * call answered only when its event is safe: whatever waits is written in one transaction, so a burst costs
 * few of them.
 */
export class EventWriter {
  readonly #db: Database;
  readonly #now: () => Instant;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(db: Database, now: () => Instant) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Resolves when the event lies in the database, whether it was new or not. Throws what the database throws.
   */
  async write({ region, id: page }: Pick<Page, 'region' | 'id'>, event: RawEvent): Promise<void> {
    const at = this.#now();
    const stored = new Promise<void>((resolve, reject) => {
      const done = (error?: unknown): void => (error === undefined ? resolve() : reject(error));
      this.#waiting.push({ region, page, event, at, done });
    });
    if (!this.#isWriting) void this.#writeAll();
    await stored;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Calls of the same turn of the loop get into the first batch together.
    await Promise.resolve();
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { region } = first;
      const batch = this.#waiting.filter((entry) => entry.region === region).slice(0, BATCH);
      const taken = new Set(batch);
      this.#waiting = this.#waiting.filter((entry) => !taken.has(entry));
      await this.#writeTogether(region, batch);
    }
    this.#isWriting = false;
  }

  /**
   * Writes events in one transaction; when the database refuses one of them, halves find it, and the others
   * are written.
   */
  async #writeTogether(region: string, batch: readonly Waiting[]): Promise<void> {
    try {
      await withScope(this.#db, { region }, (tx) => insertEvents(tx, region, batch));
      for (const { done } of batch) done();
    } catch (error) {
      const half = Math.ceil(batch.length / 2);
      if (batch.length === 1 || isDatabaseAway(error)) {
        for (const { done } of batch) done(error);
        return;
      }
      await this.#writeTogether(region, batch.slice(0, half));
      await this.#writeTogether(region, batch.slice(half));
    }
  }
}

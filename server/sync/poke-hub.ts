import { sql } from 'kysely';
import type { Database } from '#server/store/database.ts';

/** Called with a region's clock whenever it has moved on. */
export type PokeListener = (v: number) => void;

const POLL_MS = 50;
/** Pause after the database did not answer. */
const AWAY_MS = 1000;

/**
 * Watches the clocks of all regions while anybody listens and tells the listeners. A poller instead of
 * NOTIFY: that takes a lock over the whole database at every commit, and one small query every 50 ms serves
 * all consoles of this process, whichever process the change came through.
 */
export class PokeHub {
  readonly #db: Database;
  readonly #listeners = new Map<string, Set<PokeListener>>();
  readonly #heads = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #isPolling = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Listens to a region; gives the function that stops it. The clock as it stands is told at the first poll.
   */
  listen(region: string, listener: PokeListener): () => void {
    const known = this.#heads.get(region);
    if (known !== undefined && this.#listeners.has(region)) listener(known);
    this.#listeners.set(region, (this.#listeners.get(region) ?? new Set()).add(listener));
    this.#wake(0);
    return () => this.#leave(region, listener);
  }

  /**
   * Tells at once what came through this process: the poller would learn of it up to {@link POLL_MS} later.
   */
  moved(region: string, v: number): void {
    this.#tell(region, v);
  }

  #leave(region: string, listener: PokeListener): void {
    const left = this.#listeners.get(region);
    left?.delete(listener);
    if (left?.size === 0) {
      this.#listeners.delete(region);
      this.#heads.delete(region);
    }
    if (this.#listeners.size > 0 || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wake(after: number): void {
    if (this.#timer !== null || this.#isPolling || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => void this.#poll(), after);
  }

  async #poll(): Promise<void> {
    this.#timer = null;
    this.#isPolling = true;
    let pause = POLL_MS;
    try {
      const { rows } = await sql<{
        region_id: string;
        v: number;
      }>`select region_id, v from region_heads()`.execute(this.#db);
      for (const { region_id: region, v } of rows) this.#tell(region, v);
    } catch {
      // The consoles keep working offline; the next poll that succeeds tells them to come.
      pause = AWAY_MS;
    }
    this.#isPolling = false;
    this.#wake(pause);
  }

  #tell(region: string, v: number): void {
    const listeners = this.#listeners.get(region);
    // A poll that was under way may bring an older clock than the one just told.
    if (listeners === undefined || v <= (this.#heads.get(region) ?? -1)) return;
    this.#heads.set(region, v);
    for (const listener of listeners) listener(v);
  }
}

import { sql } from 'kysely';
import pg from 'pg';
import { sleep } from '#server/process/sleep.ts';
import type { Database } from '#server/store/database.ts';
import { beatSchema, Presence, type PresenceBeat } from './presence.ts';

const CHANNEL = 'pult_presence';
/** Pause before the line is opened again, ms. */
const AWAY_MS = 2000;

/**
 * Who is at which card, over all API processes of an installation: what one hears it tells the others by
 * PostgreSQL's NOTIFY, which stores nothing. Without that line each process knows of its own consoles alone.
 */
export class PresenceLine {
  readonly presence = new Presence();
  readonly #url: string;
  readonly #db: Database;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly #heard = Promise.withResolvers<void>();
  #client: pg.Client | null = null;

  constructor(url: string, db: Database) {
    this.#url = url;
    this.#db = db;
  }

  /** Resolves when the line is open for the first time. */
  get isHeard(): Promise<void> {
    return this.#heard.promise;
  }

  /** Listens until it is stopped. */
  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }

  /** Takes in what a console says, and tells the other processes. A line that is away loses only that. */
  async tell(beat: PresenceBeat): Promise<void> {
    this.presence.note(beat);
    await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(beat)})`.execute(this.#db).catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#listen().catch(() => undefined);
      await sleep(AWAY_MS, this.#stopping.signal);
    }
  }

  /** Resolves when the connection is gone. */
  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, connectionTimeoutMillis: 5000 });
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    await client.connect();
    this.#client = client;
    if (!this.#stopping.signal.aborted) await client.query(`listen ${CHANNEL}`);
    if (this.#stopping.signal.aborted) await client.end();
    this.#heard.resolve();
    await ended;
  }

  #hear(payload: string): void {
    try {
      const read = beatSchema.safeParse(JSON.parse(payload));
      if (read.success) this.presence.note(read.data);
    } catch {
      // Not ours.
    }
  }
}

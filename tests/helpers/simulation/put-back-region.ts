import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { backUp } from '#server/backup/back-up.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { connect } from '#server/store/database.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { freshDatabase, type FreshDatabase } from '../postgres.ts';
import { connectPrepared } from './connect-prepared.ts';
import { postgresRegion, regionOver, type Databases } from './postgres-region.ts';
import type { SimulatedRegion, WayBack } from './region.ts';

/** A region whose database can be kept at a moment and put back to it later, in both ways. */
export class PutBackRegion {
  readonly #opened: FreshDatabase[] = [];
  readonly #pools: Databases[] = [];
  readonly #now: () => Instant;
  #current: { readonly of: Databases; readonly region: SimulatedRegion };
  #kept: { readonly way: WayBack; readonly name: string } | null = null;
  #folder: string | null = null;

  private constructor(base: FreshDatabase, of: Databases, region: SimulatedRegion, now: () => Instant) {
    this.#opened.push(base);
    this.#pools.push(of);
    this.#current = { of, region };
    this.#now = now;
  }

  static async open(now: () => Instant): Promise<PutBackRegion> {
    const base = await freshDatabase();
    const of = openPools(base.ownerUrl, base.apiUrl);
    return new PutBackRegion(base, of, await postgresRegion(of), now);
  }

  /** The databases that are in force now. */
  get databases(): Databases {
    return this.#current.of;
  }

  /** The region as consoles reach it, whichever database is in force. */
  get region(): SimulatedRegion {
    const now = (): SimulatedRegion => this.#current.region;
    return {
      ...now(),
      transport: (actor, clock) => this.#transport((region) => region.transport(actor, clock)),
      rows: () => now().rows(),
      outcomes: () => now().outcomes(),
      revisions: () => now().revisions(),
      report: (asOf) => now().report(asOf),
    };
  }

  #transport(of: (region: SimulatedRegion) => Transport): Transport {
    const now = (): Transport => of(this.#current.region);
    return {
      hello: (request) => now().hello(request),
      snapshot: (ask) => now().snapshot(ask),
      changes: (query) => now().changes(query),
      push: (request) => now().push(request),
      known: (ids) => now().known(ids),
      digest: () => now().digest(),
      bucket: (bucket, after, bytes) => now().bucket(bucket, after, bytes),
      stream: (onPoke, signal) => now().stream(onPoke, signal),
    };
  }

  /** Keeps everything as it is at this moment. */
  async keep(way: WayBack): Promise<void> {
    const { ownerUrl } = must(this.#opened.at(-1), 'a database');
    if (way === 'restore') {
      this.#folder = await mkdtemp(join(tmpdir(), 'pult-put-back-'));
      const file = join(this.#folder, 'backup.gz');
      await backUp(this.databases.owner, file, this.#now());
      this.#kept = { way, name: file };
      return;
    }
    const name = `t_${process.pid}_${randomBytes(6).toString('hex')}`;
    // A database is copied while nobody is connected to it.
    await closePools(this.databases);
    await asAdmin(ownerUrl, `create database ${name} template ${nameIn(ownerUrl)}`);
    this.#open(ownerUrl);
    this.#kept = { way, name };
  }

  /** Puts the database back to the moment that was kept. */
  async putBack(): Promise<void> {
    const { way, name } = must(this.#kept, 'a moment that was kept');
    await closePools(this.databases);
    const fresh = await freshDatabase();
    this.#opened.push(fresh);
    if (way === 'restore') await restoreBackup(fresh.owner, name, this.#now());
    else await this.#takeCopy(fresh, name);
    this.#open(fresh.ownerUrl);
  }

  /** The copy takes the fresh database's place and name, with the rights it has. */
  async #takeCopy(fresh: FreshDatabase, copy: string): Promise<void> {
    const place = nameIn(fresh.ownerUrl);
    await asAdmin(
      fresh.ownerUrl,
      `drop database ${place} with (force)`,
      `alter database ${copy} rename to ${place}`,
      `grant connect on database ${place} to pult_api`,
    );
  }

  #open(ownerUrl: string): void {
    const { apiUrl } = must(this.#opened.at(-1), 'a database');
    const of = openPools(ownerUrl, apiUrl);
    this.#pools.push(of);
    this.#current = { of, region: regionOver(of, this.#current.region.code) };
  }

  async close(): Promise<void> {
    await closePools(this.databases);
    for (const base of this.#opened) await base.stop();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true });
  }
}

const openPools = (ownerUrl: string, apiUrl: string): Databases => ({
  owner: connect(ownerUrl, 1),
  db: connectPrepared(apiUrl, 2),
});

async function closePools({ owner, db }: Databases): Promise<void> {
  await Promise.all([owner.destroy(), db.destroy()]);
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

async function asAdmin(url: string, ...statements: readonly string[]): Promise<void> {
  const address = new URL(url);
  address.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: address.href });
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
}

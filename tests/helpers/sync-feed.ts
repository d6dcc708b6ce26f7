import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import {
  changesResponseSchema,
  type ChangesResponse,
  type SnapshotLine,
  type SnapshotPart,
} from '#shared/protocol/sync.ts';
import { LIMITS } from '#shared/protocol/version.ts';
import type { Database } from '#server/store/database.ts';
import { changesAfter } from '#server/sync/changes.ts';
import { hello } from '#server/sync/hello.ts';
import { bucketPage, snapshotPage, type SnapshotResult } from '#server/sync/snapshot.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';

/** A reader of one session's feed and snapshots that checks every page as a console does. */
export class TestReader {
  readonly db: Database;
  readonly session: SyncSession;
  clientId = uuidv7();
  cursor = 0;
  /** The reader's copy: incidents by id, with the revision they came at. */
  readonly rows = new Map<string, { row: Incident; v: number }>();

  constructor(db: Database, session: SyncSession) {
    this.db = db;
    this.session = session;
  }

  async page(limit = 1000, bytes: number = LIMITS.pageBytes): Promise<ChangesResponse> {
    const start = await hello(
      this.db,
      this.session,
      { protocols: [1], appVersion: '0', clientId: this.clientId },
      Date.now(),
    );
    if (start.kind !== 'hello') throw new Error(start.kind);
    const { epoch, scopeHash: scope } = start.response;
    const result = await changesAfter(this.db, this.session, {
      after: this.cursor,
      clientId: this.clientId,
      epoch,
      scope,
      limit,
      bytes,
    });
    if (result.kind !== 'changes') throw new Error(result.reason);
    return changesResponseSchema.parse(JSON.parse(result.body));
  }

  /** Reads one page into `rows` and moves the cursor. */
  async pull(limit = 1000, bytes: number = LIMITS.pageBytes): Promise<ChangesResponse> {
    const page = await this.page(limit, bytes);
    for (const change of page.changes) {
      if (change.entity !== 'incident') continue;
      if (change.op === 'put') this.rows.set(change.id, { row: change.row as Incident, v: change.v });
      else this.rows.delete(change.id);
    }
    this.cursor = page.to;
    return page;
  }

  async pullAll(limit = 1000, bytes: number = LIMITS.pageBytes): Promise<ChangesResponse[]> {
    const pages = [await this.pull(limit, bytes)];
    while (pages.at(-1)?.more === true) pages.push(await this.pull(limit, bytes));
    return pages;
  }

  /** All lines of a part, page by page, with digests and counts checked. */
  async download(
    part: SnapshotPart,
    limit: number,
    bytes: number = LIMITS.pageBytes,
    onPage: (lines: readonly SnapshotLine[]) => void = () => undefined,
  ): Promise<SnapshotLine[]> {
    const size = { limit, bytes };
    return readPages((after) => snapshotPage(this.db, this.session, part, after, size), onPage);
  }

  async bucket(bucket: number, limit: number, bytes: number = LIMITS.pageBytes): Promise<SnapshotLine[]> {
    const size = { limit, bytes };
    return readPages((after) => bucketPage(this.db, this.session, bucket, after, size));
  }
}

async function readPages(
  fetchPage: (after: string) => Promise<SnapshotResult>,
  onPage: (lines: readonly SnapshotLine[]) => void = () => undefined,
): Promise<SnapshotLine[]> {
  const lines: SnapshotLine[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page = await fetchPage(after);
    if (page.kind !== 'page') throw new Error(page.kind);
    const parsed = readPage(page.body);
    lines.push(...parsed.lines);
    onPage(parsed.lines);
    after = parsed.next;
  }
  return lines;
}

/** Takes a page apart; throws when it was cut or altered. */
export function readPage(body: Buffer): { readonly lines: SnapshotLine[]; readonly next: string | null } {
  const texts = body.toString().trimEnd().split('\n');
  const rows = texts.slice(1, -1);
  const tail = JSON.parse(must(texts.at(-1), 'a tail')) as SnapshotLine;
  if (tail.t !== 'tail') throw new Error('The page was cut.');
  const sha256 = createHash('sha256')
    .update(rows.map((row) => `${row}\n`).join(''))
    .digest('hex');
  if (tail.rows !== rows.length || tail.sha256 !== sha256) throw new Error('The page was altered.');
  return { lines: rows.map((row) => JSON.parse(row) as SnapshotLine), next: tail.next };
}

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Envelope, CommandOutcome } from '#shared/protocol/envelope.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import { lockIncidents } from '#server/sync/store-changes.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestReader } from '#tests/helpers/sync-feed.ts';
import { TestClient, sessionOfRole, syncDatabase } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const OPERATOR = sessionOfRole('operator');
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

/**
 * Pushes until an answer comes, as a console does: it cannot know whether the one that broke was committed.
 */
async function insist(
  client: TestClient,
  command: Envelope,
): Promise<{ outcome: CommandOutcome | undefined; breaks: number }> {
  for (let breaks = 0; ; breaks += 1) {
    try {
      return { outcome: (await client.push(command)).outcomes[0], breaks };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Writes notes one after another, counting each that was taken. */
async function writeNotes(
  client: TestClient,
  id: string,
  count: number,
  progress: { taken: number },
): Promise<{ id: string; breaks: number }> {
  let breaks = 0;
  for (let n = 0; n < count; n += 1) {
    const result = await insist(client, client.envelope(id, 'note', { text: String(n) }));
    expect(result.outcome?.status).toBe('applied');
    breaks += result.breaks;
    progress.taken += 1;
  }
  return { id, breaks };
}

const breakAll = (db: Database): Promise<unknown> =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user
    and datname = current_database() and pid <> pg_backend_pid()`.execute(db);

/**
 * Breaks all connections at any moment until the writing ends. A slow machine needs longer for a command than
 * lies between two breaks, so the next one comes only after a note was taken.
 */
async function breakUntil(
  writing: Promise<unknown>,
  breaking: Database,
  progress: { readonly taken: number },
): Promise<void> {
  let isWorking = true;
  const end = (): void => {
    isWorking = false;
  };
  writing.then(end, end);
  for (let seen = -1; isWorking;) {
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 150));
    if (progress.taken === seen) continue;
    seen = progress.taken;
    await breakAll(breaking);
  }
}

it('every command is done once and in order although connections break at any moment', async () => {
  const [working, breaking] = [connect(base.apiUrl, 8), connect(base.apiUrl, 1)];
  const clients = Array.from({ length: 4 }, () => new TestClient(working, OPERATOR));
  const ids = await Promise.all(clients.map((client) => client.register()));
  const progress = { taken: 0 };
  const writing = Promise.all(
    clients.map((client, index) => writeNotes(client, ids[index] ?? '', 60, progress)),
  );
  const [written] = await Promise.all([writing, breakUntil(writing, breaking, progress)]);
  expect(written.reduce((sum, { breaks }) => sum + breaks, 0)).toBeGreaterThan(0);
  const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
    lockIncidents(
      tx,
      'eao',
      written.map(({ id }) => id),
    ),
  );
  for (const { id } of written)
    expect(rows.get(id)?.notes.map(({ text }) => Number(text))).toEqual(
      Array.from({ length: 60 }, (_, n) => n),
    );
  const reader = new TestReader(base.db, OPERATOR);
  await reader.pullAll(7);
  for (const { id } of written) expect(reader.rows.get(id)?.row).toEqual(rows.get(id));
  const revisions = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('sync_command').select('v').orderBy('v').execute(),
  );
  expect(revisions).toHaveLength(4 * 62);
  expect((revisions.at(-1)?.v ?? 0) - (revisions[0]?.v ?? 0)).toBe(revisions.length - 1);
  await Promise.all([working.destroy(), breaking.destroy()]);
});

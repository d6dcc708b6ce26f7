import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { withScope } from '#server/store/database.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { CentreClock } from '#renderer/data/sync/centre-clock.ts';
import { SyncEngine } from '#renderer/data/sync/engine.ts';
import { fetchTransport } from '#renderer/data/sync/fetch-transport.ts';
import { systemTimer } from '#renderer/data/sync/pause.ts';
import { referenceContexts } from '#renderer/data/sync/reference-context.ts';
import type { Applied } from '#renderer/data/sync/sync-store.ts';
import { BadLine } from '#tests/e2e/harness/bad-line.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { MemoryJournal } from '#tests/helpers/memory-journal.ts';
import { MemorySyncStore } from '#tests/helpers/memory-sync-store.ts';
import { seededRandom } from '#tests/helpers/simulation/virtual-time.ts';
import { idMaker, operator, ZONE } from '#tests/helpers/sync-fixtures.ts';
import { fillReference } from '#tests/helpers/sync-region.ts';
import { testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

/** Rows that the console is behind; PULT_CATCH_UP asks for more. */
const BEHIND = Number(process.env['PULT_CATCH_UP'] ?? 2000);
const SEED = Number(process.env['PULT_SEED'] ?? 20_261_130);
/** Rows that it knew before, of which every other changes meanwhile. */
const KNOWN = Math.ceil(BEHIND / 4);
const REGION = 'eao';
/** Bytes of an answer that a connection brings at most: about two pages as they are packed. */
const MOST_CARRIED = 120_000;
/** The pauses of the engine, so much shorter: there is nobody to be spared. */
const HASTE = 1000;

let api: TestApi;
let line: BadLine;
let token: string;
beforeAll(async () => {
  api = await testApi([{ login: 'operator' }]);
  await fillReference(api.base.db, REGION);
  await api.api.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.api.server.address() as AddressInfo;
  line = await BadLine.between(`http://127.0.0.1:${port}`);
  token = await tokenOf(api.api, 'operator');
});
afterAll(async () => {
  await line.close();
  await api.stop();
});

/** Stores these as the newest of their rows, as writers do: so many a revision. */
async function store(rows: readonly Incident[], before: ReadonlyMap<string, Incident>): Promise<void> {
  for (let at = 0; at < rows.length; at += 100) {
    const changes = rows
      .slice(at, at + 100)
      .map((after) => ({ before: before.get(after.id) ?? null, after, events: [] }));
    await withScope(api.base.db, { region: REGION }, (tx) => storeMany(tx, REGION, changes, Date.now()));
  }
}

async function stored(): Promise<{ readonly head: number; readonly rows: ReadonlyMap<string, number> }> {
  return withScope(api.base.db, { region: REGION }, async (tx) => {
    const { v: head } = await tx
      .selectFrom('sync_clock')
      .select('v')
      .where('region_id', '=', REGION)
      .executeTakeFirstOrThrow();
    const rows = await tx
      .selectFrom('incident')
      .select(['id', 'version'])
      .where('region_id', '=', REGION)
      .execute();
    return { head, rows: new Map(rows.map(({ id, version }) => [id, version])) };
  });
}

/** A store that notes every row that it is given and where its cursor stood. */
class WatchedStore extends MemorySyncStore {
  readonly cursors: number[] = [];
  readonly given: string[] = [];

  override async apply(step: Applied): Promise<void> {
    this.given.push(...step.views.map(({ id, version }) => `${id} ${version}`));
    await super.apply(step);
    this.cursors.push((await this.meta()).cursor);
  }
}

/** Lets a console work until its copy stands at that revision, and goes. */
async function workUntil(copy: MemorySyncStore, head: () => Promise<number>): Promise<void> {
  const newId = idMaker(9);
  const reached = Promise.withResolvers<void>();
  const engine = new SyncEngine({
    ports: {
      store: copy,
      journal: new MemoryJournal(),
      transport: fetchTransport({ addresses: [line.url], token }),
      contexts: referenceContexts(copy, ZONE),
      actor: operator('operator'),
      now: Date.now,
      clock: new CentreClock(() => ({ wall: Date.now(), steady: performance.now() })),
      startTimer: (ms, run) => systemTimer(ms / HASTE, run),
      random: () => 0.5,
      newId,
      exclusive: serialQueue(),
    },
    appVersion: '0',
    onChange: () => {
      void (async () => {
        const { bootstrap, cursor } = await copy.meta();
        if (bootstrap.part === 'done' && cursor >= (await head())) reached.resolve();
      })().catch(reached.reject);
    },
  });
  await engine.start();
  await reached.promise;
  await engine.stop();
}

test(
  `a console ${BEHIND} rows behind catches up on a line cut at random, and has each row once`,
  { timeout: 60_000 + BEHIND * 20 },
  async () => {
    const random = seededRandom(SEED);
    const end = Date.now();
    const all = randomIncidents(SEED, KNOWN + BEHIND, end - 90 * 86_400_000, end).map((row) => ({
      ...row,
      version: 1,
    }));
    const known = all.slice(0, KNOWN);
    await store(known, new Map());
    const copy = new WatchedStore(idMaker(8)());
    const { head: first } = await stored();
    await workUntil(copy, async () => first);

    const changed = known.filter((_, index) => index % 2 === 0).map((row) => ({ ...row, version: 2 }));
    await store(changed, new Map(known.map((row) => [row.id, row])));
    await store(all.slice(KNOWN), new Map());
    const { head, rows } = await stored();
    [copy.cursors.length, copy.given.length] = [0, 0];
    line.set({ kind: 'up', cutAfter: () => 1 + Math.floor(random() * MOST_CARRIED) });
    line.reset();
    line.resets = 0;
    await workUntil(copy, async () => head);

    console.log(`${BEHIND} rows, ${copy.cursors.length} pages, cut ${line.resets} times; seed ${SEED}`);
    expect(line.resets).toBeGreaterThan(3);
    expect(copy.cursors).toEqual(copy.cursors.toSorted((a, b) => a - b));
    expect(new Set(copy.given).size).toBe(copy.given.length);
    const views = await copy.views([...rows.keys()]);
    expect(new Map([...views].map(([id, { version }]) => [id, version]))).toEqual(rows);
    expect(views.size).toBe(must(all.length, 'rows'));
    expect(copy.given.length).toBe(changed.length + BEHIND);
  },
);

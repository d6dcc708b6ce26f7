import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { HIGHEST_NUMBER } from '#shared/domain/incident-number.ts';
import { must } from '#shared/domain/must.ts';
import { withScope } from '#server/store/database.ts';
import {
  WriteConflict,
  changeOf,
  lockIncidents,
  storeChanges,
  storeMany,
  type IncidentChange,
} from '#server/sync/store-changes.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestReader } from '#tests/helpers/sync-feed.ts';
import { TestClient, registerArgs, sessionOfRole, syncDatabase } from '#tests/helpers/sync-region.ts';
import { watchTransactions } from '#tests/helpers/watch-transactions.ts';

let base: FreshDatabase;
const OPERATOR = sessionOfRole('operator');
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

/** An imported incident, routed to these agencies one after another. */
function imported(number: number | null, agencies: readonly string[] = [], id = uuidv7()): IncidentChange {
  const { region, createdAt: at, text, source, author } = registerArgs();
  const events: IncidentEvent[] = [
    { name: 'registered', region, number, externalId: number, text, source, author, at, by: 'import' },
  ];
  for (const agency of agencies)
    events.push({ name: 'routed', agency, unit: '', reason: '', at, by: 'import' });
  return changeOf(id, null, events);
}

const store = (changes: readonly IncidentChange[]): Promise<number | null> =>
  withScope(base.db, { region: 'eao' }, (tx) => storeMany(tx, 'eao', changes, Date.now()));

/** Stores so many at once and gives how many statements that took. */
async function statementsOf(count: number, first: number): Promise<number> {
  const changes = Array.from({ length: count }, (_, n) => imported(first + n, ['roads', 'heat']));
  const watch = watchTransactions();
  try {
    await store(changes);
    return watch.statements();
  } finally {
    watch.stop();
  }
}

describe('many at once', () => {
  it('sends as many statements for 500 as for two, which is how thousands a second go through', async () => {
    expect(await statementsOf(500, 200_000)).toBe(await statementsOf(2, 300_000));
  });

  it('stores thousands, 500 a revision, all of them in the feed', async () => {
    const reader = new TestReader(base.db, OPERATOR);
    await reader.pullAll();
    const [start, before] = [reader.cursor, reader.rows.size];
    const changes = Array.from({ length: 3000 }, (_, n) => imported(100_000 + n, ['roads', 'heat']));
    expect(await store(changes)).toBe(start + 6);
    const pages = await reader.pullAll();
    expect(reader.rows.size).toBe(before + 3000);
    expect(pages.map(({ changes: rows }) => rows.length)).toEqual([1000, 1000, 1000]);
  });

  it('numbers registrations by a count of its own, whatever numbers the registry gives', async () => {
    const me = new TestClient(base.db, OPERATOR);
    const numberOfNext = async () => {
      const id = await me.register();
      return withScope(
        base.db,
        { region: 'eao' },
        async (tx) => must((await lockIncidents(tx, 'eao', [id])).get(id), 'it was registered').number,
      );
    };
    expect(await numberOfNext()).toBe(1_000_001);
    await store([imported(500_000), imported(HIGHEST_NUMBER), imported(1_000_002), imported(400_000)]);
    expect(await numberOfNext()).toBe(1_000_002);
  });

  it('gives numbers in their order to several new incidents without one, and none to an imported row that has none', async () => {
    const { region, createdAt: at, text, source, author } = registerArgs();
    const fresh = (): IncidentChange =>
      changeOf(uuidv7(), null, [
        { name: 'registered', region, number: null, externalId: null, text, source, author, at, by: 'demo' },
      ]);
    const changes = [fresh(), fresh(), imported(null, [], uuidv7()), fresh()].map((change, index) =>
      index === 2 ? { ...change, after: { ...change.after, externalId: 77 } } : change,
    );
    await store(changes);
    const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
      lockIncidents(
        tx,
        'eao',
        changes.map(({ after }) => after.id),
      ),
    );
    const [a, b, none, c] = changes.map(({ after }) => rows.get(after.id)?.number);
    expect([b, none, c]).toEqual([(a ?? 0) + 1, null, (a ?? 0) + 2]);
  });

  it('what executors may see follows every assignment there ever was', async () => {
    const change = imported(600_000, ['roads', 'heat']);
    await store([change]);
    for (const agency of ['roads', 'heat', 'housing']) {
      const reader = new TestReader(base.db, sessionOfRole('executor', { agency }));
      await reader.pullAll();
      expect(reader.rows.has(change.after.id)).toBe(agency !== 'housing');
    }
  });
});

describe('a row that is not as expected', () => {
  it('is not overwritten: nothing of the batch is stored', async () => {
    const [first, second] = [imported(700_000), imported(700_001)];
    await store([first]);
    const stale = changeOf(first.after.id, { ...first.after, version: 5 }, [
      { name: 'noted', text: 'x', at: 1, by: 'import' },
    ]);
    await expect(store([stale, second])).rejects.toThrow(WriteConflict);
    const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
      lockIncidents(tx, 'eao', [first.after.id, second.after.id]),
    );
    expect([...rows.values()]).toEqual([first.after]);
  });

  it('a rolled-back batch gives its revision and its numbers back', async () => {
    const clock = () =>
      withScope(base.db, { region: 'eao' }, (tx) =>
        tx.selectFrom('sync_clock').select(['v', 'last_number']).executeTakeFirstOrThrow(),
      );
    const before = await clock();
    const attempt = withScope(base.db, { region: 'eao' }, async (tx) => {
      await storeChanges(tx, 'eao', [imported(900_000)], Date.now());
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(await clock()).toEqual(before);
  });

  it('a batch that does not fit one revision is a mistake of the caller', async () => {
    const tooMany = Array.from({ length: 501 }, (_, n) => imported(1_000_000 + n));
    await expect(
      withScope(base.db, { region: 'eao' }, (tx) => storeChanges(tx, 'eao', tooMany, Date.now())),
    ).rejects.toThrow(RangeError);
  });
});

import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burnsBefore, deadlinePolicySchema } from '#shared/domain/deadline.ts';
import { deputiesOf } from '#renderer/data/sync/deputies.ts';
import { centreSettingsOf } from '#renderer/data/sync/reference-context.ts';
import { LANES } from '#renderer/data/store/console-store.ts';
import type { QueueQuery } from '#renderer/data/store/console-store.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { Queries } from '#renderer/data/store/queries.ts';
import type { Applied } from '#renderer/data/sync/sync-store.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { factRowOf } from '#shared/report/facts/facts.ts';
import { countBy } from '#shared/report/facts/statistics.ts';
import { searchTerms } from '#shared/text/tokens.ts';
import { termsOf } from '#renderer/data/store/terms.ts';
import { instantAtLocal, localTimeAt } from '#shared/domain/time-zone.ts';
import { MemorySyncStore } from '#tests/helpers/memory-sync-store.ts';
import { NOON, ZONE, idMaker } from '#tests/helpers/sync-fixtures.ts';
import { WORDS, incidentOf, sampleArbitrary, sampleId } from './incident-samples.ts';
import type { Sample } from './incident-samples.ts';
import { isInLane, naiveQueue } from './naive-queries.ts';
import { enqueue } from '#tests/helpers/dispatch.ts';

/** Everything that happens to a local copy, reopening and idle work included. */
type StoreStep =
  | { readonly do: 'load'; readonly rows: readonly Sample[] }
  | {
      readonly do: 'apply';
      readonly views: readonly Sample[];
      readonly gone: readonly number[];
      readonly settle: boolean;
    }
  | { readonly do: 'enqueue'; readonly view: Sample }
  | { readonly do: 'compact' | 'index' | 'search' | 'reopen' | 'forget' };

const unique = (samples: readonly Sample[]): readonly Sample[] => [
  ...new Map(samples.map((sample) => [sample.id, sample])).values(),
];
const samples = fc.array(sampleArbitrary, { maxLength: 5 }).map(unique);

const storeSteps: fc.Arbitrary<readonly StoreStep[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('load' as const), rows: samples }),
    fc.record({
      do: fc.constant('apply' as const),
      views: samples,
      gone: fc.array(fc.nat(7), { maxLength: 2 }),
      settle: fc.boolean(),
    }),
    fc.record({ do: fc.constant('enqueue' as const), view: sampleArbitrary }),
    fc.record({
      do: fc.constantFrom(
        'compact' as const,
        'index' as const,
        'search' as const,
        'reopen' as const,
        'forget' as const,
      ),
    }),
  ),
  { minLength: 1, maxLength: 14 },
);

const queries: fc.Arbitrary<QueueQuery> = fc.record({
  lane: fc.constantFrom(...LANES),
  municipalities: fc.subarray(['Биробиджан', 'nowhere'], { maxLength: 1 }),
  groups: fc.constant([]),
  topics: fc.subarray(['Ямы', 'Снег'], { maxLength: 1 }),
  agencies: fc.constant([]),
  networks: fc.subarray(['vk', 'ok'], { maxLength: 2 }),
  text: fc.subarray([...WORDS], { maxLength: 2 }).map((words) => words.join(' ')),
  from: fc.option(fc.constant(NOON - 20 * 3_600_000)),
  to: fc.option(fc.constant(NOON - 5 * 3_600_000)),
  sort: fc.constantFrom('due', 'created', 'newest', 'waiting', 'promised'),
});

/** One that warns long before, and one that counts by the clock on the wall; `p` warns as usual. */
const POLICIES = (['early', 'wall'] as const).map((id) =>
  deadlinePolicySchema.parse({
    id,
    name: id,
    start: 'created',
    unit: id === 'wall' ? 'calendar' : 'working',
    minutes: 600,
    warning: id === 'wall' ? 90 : 270,
  }),
);
const SETTINGS = centreSettingsOf(
  POLICIES.map((row) => ({ kind: 'policy', id: row.id, row })),
  ZONE,
);
const TODAY = localTimeAt(ZONE, NOON).date;
/** Of those who named `me` their deputy, one is away on this day. */
const DEPUTIES = deputiesOf([
  { id: 'me', displayName: 'Я', role: 'operator', agency: null },
  {
    id: 'away',
    displayName: 'Отсутствующий',
    role: 'operator',
    agency: null,
    deputies: [{ deputy: 'me', from: TODAY, to: TODAY }],
  },
  {
    id: 'other',
    displayName: 'Другой',
    role: 'operator',
    agency: null,
    deputies: [{ deputy: 'me', from: '2000-01-01', to: '2000-01-02' }],
  },
]);
const ME = {
  mine: ['me', 'away'],
  now: NOON,
  endOfToday: instantAtLocal(ZONE, localTimeAt(ZONE, NOON).day + 1, 0),
  burnsBefore: (policy: string) =>
    burnsBefore(SETTINGS.calendar, NOON, POLICIES.find(({ id }) => id === policy) ?? null),
};
let databases = 0;

/** The store under test beside the plain one; both are told the same. */
class Pair {
  readonly memory = new MemorySyncStore(sampleId(500));
  readonly #name = `pult:test:${(databases += 1)}`;
  readonly #newId = idMaker(databases);
  #store: DexieSyncStore | null = null;

  async store(): Promise<DexieSyncStore> {
    this.#store ??= await DexieSyncStore.open({ name: this.#name, newId: () => sampleId(500) });
    return this.#store;
  }

  async close(): Promise<void> {
    await this.#store?.incidents.ready;
    await this.#store?.close();
    this.#store = null;
  }

  async run(step: StoreStep): Promise<void> {
    const store = await this.store();
    if (step.do === 'compact') await store.incidents.compact();
    else if (step.do === 'index') await store.incidents.index(1);
    else if (step.do === 'search') await store.incidents.find(['ям']);
    else if (step.do === 'reopen') await this.close();
    else if (step.do === 'forget') await Promise.all([store.forgetRows(), this.memory.forgetRows()]);
    else if (step.do === 'load') await this.#load(step.rows);
    else if (step.do === 'apply') await this.#apply(step);
    else if (step.do === 'enqueue') await this.#enqueue(step.view);
  }

  /**
   * A page never holds rows older than the copy: the plain store would take them, which is the one
   * difference.
   */
  async #load(rows: readonly Sample[]): Promise<void> {
    const known = this.memory.allViews();
    const fresh = rows.map(incidentOf).filter((row) => row.version >= (known.get(row.id)?.version ?? 0));
    const meta = { cursor: rows.length };
    await Promise.all([(await this.store()).load(fresh, meta), this.memory.load(fresh, meta)]);
  }

  async #apply({ views, gone, settle }: Extract<StoreStep, { do: 'apply' }>): Promise<void> {
    const pending = await this.memory.outbox();
    const settled = settle ? pending.map((item) => item.incident) : [];
    const step: Applied = {
      views: views.map(incidentOf).filter((view) => !gone.map(sampleId).includes(view.id)),
      bases: [],
      withoutPending: settled,
      gone: gone.map(sampleId).filter((id) => !pending.some((item) => item.incident === id) || settle),
      reference: [{ kind: 'agency', id: 'roads', row: { pages: views.length } }],
      referenceGone: [],
      leave: settle ? pending.map((item) => item.id) : [],
      notAccepted: [],
      meta: { cursor: views.length },
    };
    await Promise.all([(await this.store()).apply(step), this.memory.apply(step)]);
  }

  async #enqueue(sample: Sample): Promise<void> {
    const view = incidentOf(sample);
    const base = await this.memory.view(view.id);
    const item = {
      id: this.#newId(),
      actor: 'me',
      incident: view.id,
      name: 'note@1',
      args: { text: 'да' },
      at: NOON,
      baseVersion: base?.version ?? 0,
    };
    await Promise.all([
      enqueue(await this.store(), item, view, base),
      enqueue(this.memory, item, view, base),
    ]);
  }
}

/** Every question, answered by the store and by looking at each incident. */
async function answers(
  pair: Pair,
  query: QueueQuery,
): Promise<{ readonly answered: unknown; readonly wanted: unknown }> {
  const store = await pair.store();
  await store.incidents.ready;
  const { incidents } = store;
  const queries = new Queries({
    incidents,
    account: 'me',
    zone: ZONE,
    contexts: { settings: () => Promise.resolve(SETTINGS), deputies: () => Promise.resolve(DEPUTIES) },
    now: async () => NOON,
    pendingOf: (id) => store.pendingOf(id),
  });
  const all = [...pair.memory.allViews().values()];
  const order = naiveQueue(all, query, ME);
  const [page, deep, lanes, counted] = await Promise.all([
    queries.queue(query, 0, 50),
    queries.queue(query, 0, 500),
    queries.laneCounts(),
    queries.count(0, NOON + 1, ['topic', 'agency']),
  ]);
  return {
    answered: {
      page: [page.total, page.rows.map((row) => row.id)],
      deep: deep.rows.map((row) => row.id),
      places: await Promise.all(all.map((incident) => queries.placeOf(query, incident.id))),
      lanes,
      counted: new Map(counted.map(({ key, count }) => [key.join('|'), count])),
      views: await store.views(all.map((incident) => incident.id)),
      outbox: await store.outbox(),
      meta: await store.meta(),
      versions: await versionsOf(store),
      numbers: await Promise.all(all.map((incident) => queries.byNumber(incident.number ?? 0))),
      finds: await findsOf(store),
    },
    wanted: {
      page: [order.length, order.slice(0, 50)],
      deep: order,
      places: all.map((incident) => (order.includes(incident.id) ? order.indexOf(incident.id) : null)),
      lanes: Object.fromEntries(
        LANES.map((lane) => [lane, all.filter((incident) => isInLane(incident, lane, ME)).length]),
      ),
      counted: countBy(all.map(factRowOf), ({ topic, agency }) => `${topic}|${agency}`),
      views: pair.memory.allViews(),
      outbox: await pair.memory.outbox(),
      meta: await pair.memory.meta(),
      versions: await versionsOf(pair.memory),
      numbers: all.map((incident) => incident.id),
      finds: WORDS.map((word) => [
        word,
        idsOf(all.filter((incident) => searchTerms(incident.text).includes(termsOf(word)[0] ?? ''))),
      ]),
    },
  };
}

const idsOf = (incidents: readonly Incident[]): readonly string[] =>
  incidents.map((incident) => incident.id).toSorted();

function findsOf(store: DexieSyncStore): Promise<unknown> {
  return Promise.all(
    WORDS.map(async (word) => {
      const found = await store.incidents.find(termsOf(word));
      return [word, [...found].map((row) => store.incidents.columns.idOf(row)).toSorted()];
    }),
  );
}

async function versionsOf(store: DexieSyncStore | MemorySyncStore): Promise<string[]> {
  const found: string[] = [];
  for await (const page of store.versions()) found.push(...page.map(({ id, version }) => `${id} ${version}`));
  return found.toSorted();
}

test('answers like plain memory after any sequence of changes, idle work and reopening', async () => {
  await fc.assert(
    fc.asyncProperty(storeSteps, queries, async (sequence, query) => {
      const pair = new Pair();
      for (const step of sequence) await pair.run(step);
      const before = await answers(pair, query);
      expect(before.answered).toEqual(before.wanted);
      await pair.close();
      const after = await answers(pair, query);
      expect(after.answered).toEqual(after.wanted);
      await pair.close();
    }),
    { numRuns: 150 },
  );
}, 120_000);

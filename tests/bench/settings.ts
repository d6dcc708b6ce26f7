import 'fake-indexeddb/auto';
import { v7 as uuidv7 } from 'uuid';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { Agency, Municipality } from '#shared/domain/directory.ts';
import { dueFor } from '#shared/domain/due.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY, MS_PER_HOUR } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { withDay } from '#shared/domain/production-days.ts';
import type { ManyRecordsCommand } from '#shared/domain/record.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { RouteBook } from '#shared/domain/route-book.ts';
import { tryRoutes } from '#shared/domain/route-trial.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { withScope } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { movedDeadlines } from '#renderer/data/store/moved-deadlines.ts';
import { triedMessages } from '#renderer/data/store/tried-messages.ts';
import { incidentIn } from '#tests/fixtures/incident-builder.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { makeRegion, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { filledColumns } from './filled-columns.ts';
import type { Goal } from './goals.ts';
import { spentOn, timed, wallOf, type Spent } from './timed.ts';

/** Topics of the registry's dictionary and municipalities of a large region: every pair has a route. */
const TOPICS = Array.from({ length: 347 }, (_, n) => ({ name: `Тема ${n}`, group: `Группа ${n % 29}` }));
const PLACES = Array.from({ length: 42 }, (_, n): Municipality => ({
  id: `place-${n}`,
  name: `Муниципалитет ${n}`,
  shortName: `М-${n}`,
  kind: 'district',
  population: null,
  settlements: [],
}));
const AGENCIES = Array.from({ length: 60 }, (_, n): Agency => ({
  id: `agency-${n}`,
  name: `Ведомство ${n}`,
  shortName: `В-${n}`,
  kind: 'regional',
  units: [],
  verified: true,
}));
const ZONE = 'Asia/Vladivostok';
const TRIED = 5000;
const OPEN = 10_000;
/** A Friday evening, a whole week of open messages before it. */
const NOW = must(parseLocalTimestamp(ZONE, '2026-03-06 18:00:00'), 'a moment');
const MONDAY = '2026-03-09';
const TUESDAY = '2026-03-10';

const agencyOf = (n: number): string => must(AGENCIES[n % AGENCIES.length], 'an agency').id;

/** Every pair; `shift` moves one of a hundred to another agency. */
const routesWith = (shift: number): readonly RoutingRule[] =>
  TOPICS.flatMap(({ name }, topic) =>
    PLACES.map(({ name: municipality }, place): RoutingRule => {
      const n = topic * PLACES.length + place;
      const agency = agencyOf(n % 100 === 0 ? n + shift : n);
      return { id: `route-${n}`, topic: name, municipality, agency };
    }),
  );

const basisOf = (routes: readonly RoutingRule[]) => {
  const rows = { agency: AGENCIES, topic: TOPICS, municipality: PLACES, route: routes };
  const rowsOf = (kind: TableKind) => (kind in rows ? rows[kind as keyof typeof rows] : []);
  return { zone: ZONE, at: Date.now(), rowsOf };
};

const fileOf = (routes: readonly RoutingRule[]): Blob =>
  new Blob([writeSettings('xlsx', settingsTable('route', basisOf(routes)), routes)]);

async function previewOf(file: Blob, known: readonly RoutingRule[]): Promise<LoadPreview> {
  const basis = { ...basisOf(known), role: 'administrator', file: 'маршруты.xlsx' } as const;
  const read = await readLoad(blobSource(file), 'route', basis);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

/** Sends what the preview promised, as the console's outbox does. */
async function save(client: TestClient, commands: readonly ManyRecordsCommand[]): Promise<void> {
  const load = uuidv7();
  for (const { name, args } of commands) {
    const { outcomes } = await client.push(client.nextEnvelope(load, name, args));
    if (outcomes[0]?.status !== 'applied') throw new Error(JSON.stringify(outcomes[0]).slice(0, 500));
  }
}

/** A region with the directory of the bench; its table of routes is empty. */
async function newRegion(database: FreshDatabase, code: string): Promise<TestClient> {
  await makeRegion(database, code);
  const rows = [
    ...AGENCIES.map((row) => ({ kind: 'agency', id: row.id, row }) as const),
    ...PLACES.map((row) => ({ kind: 'municipality', id: row.id, row }) as const),
    ...TOPICS.map((row) => ({ kind: 'topic', id: `${row.group}/${row.name}`, row }) as const),
  ];
  await withScope(database.db, { region: code }, (tx) => upsertReference(tx, code, rows));
  return new TestClient(database.db, sessionOfRole('administrator', { region: code }));
}

/** An empty table filled from a file, and then one pair of a hundred moved by another file. */
async function importedRoutes(repetitions: number): Promise<readonly Goal[]> {
  const [routes, moved] = [routesWith(0), routesWith(1)];
  const [file, second] = [fileOf(routes), fileOf(moved)];
  const database = await freshDatabase();
  try {
    const [whole, previews, changes]: [Spent[], Spent[], Spent[]] = [[], [], []];
    for (let round = 0; round < repetitions; round += 1) {
      const client = await newRegion(database, `bench${round}`);
      let preview = await previewOf(file, []);
      const read = await timed(async () => (preview = await previewOf(file, [])));
      const saved = await timed(() => save(client, preview.commands));
      previews.push(read);
      whole.push({ wall: read.wall + saved.wall, cpu: read.cpu + saved.cpu });
      if (preview.counts.added !== routes.length) throw new Error(JSON.stringify(preview.counts));
      changes.push(await timed(async () => (preview = await previewOf(second, routes))));
      if (preview.counts.changed !== Math.ceil(routes.length / 100))
        throw new Error(JSON.stringify(preview.counts));
    }
    const where = `${routes.length.toLocaleString('en-US')} routes from xlsx`;
    const goal = (title: string, spent: readonly Spent[], detail = ''): Goal => ({
      where,
      title,
      limit: 5000,
      measured: wallOf(spent),
      unit: 'ms',
      detail: `${detail}${spentOn(spent)}`,
    });
    return [
      goal('preview and saving', whole, `preview ${wallOf(previews).toFixed(0)} ms; `),
      goal('preview over the whole table, 1 % changed', changes),
    ];
  } finally {
    await database.stop();
  }
}

/** A month of messages, spread over all pairs. */
function* triedMonth(): Iterable<Incident> {
  let n = 0;
  for (const incident of randomIncidents(1, TRIED, NOW - MS_PER_DAY * 30, NOW)) {
    const { name, group } = must(TOPICS[(n * 7) % TOPICS.length], 'a topic');
    const { name: municipality } = must(PLACES[n % PLACES.length], 'a place');
    n += 1;
    yield { ...incident, classification: { group, topic: name }, place: { ...incident.place, municipality } };
  }
}

/** Measures what the screen of routes asks: which messages of a month a change of the table would move. */
async function triedRoutes(repetitions: number): Promise<readonly Goal[]> {
  const store = filledColumns(triedMonth());
  const [before, after] = [routesWith(0), routesWith(1)];
  const runs: Spent[] = [];
  let [total, moved] = [0, 0];
  for (let round = 0; round < repetitions; round += 1)
    runs.push(
      await timed(() => {
        const messages = triedMessages(store, 0, NOW);
        const books = [before, after].map((routes) => ({ book: new RouteBook(routes), at: NOW }));
        const trial = tryRoutes(messages, must(books[0], 'a book'), must(books[1], 'a book'));
        [total, moved] = [trial.total, trial.moved.length];
      }),
    );
  if (total !== TRIED || moved === 0) throw new Error(`${moved} of ${total}`);
  const detail = `${moved} would go elsewhere; ${spentOn(runs)}`;
  const where = `${TRIED.toLocaleString('en-US')} incidents`;
  return [{ where, title: 'trial of a table', limit: 1000, measured: wallOf(runs), unit: 'ms', detail }];
}

/** Messages of the last working day, all open, each with a deadline of the next one. */
function openMessages(settings: Parameters<typeof dueFor>[1]): readonly Incident[] {
  const begun = incidentIn('in_progress');
  return randomIncidents(2, OPEN, NOW - 9 * MS_PER_HOUR, NOW - MS_PER_HOUR).map(
    ({ id, number, createdAt, place, classification }) => {
      const open = { ...begun, id, number, createdAt, place, classification };
      return { ...open, due: dueFor(open, settings) };
    },
  );
}

/** Measures what the screen of the calendar asks: which deadlines two days off would move, documents read. */
async function movedByCalendar(repetitions: number): Promise<readonly Goal[]> {
  const usual = defaultWorkingCalendar(ZONE);
  const settings = {
    calendar: compileCalendar(usual),
    policies: defaultPolicies,
    agencies: new Map(),
    regulation: DEFAULT_REGULATION,
  };
  const { incidents } = await filledStore(openMessages(settings));
  const contexts = { settings: async () => settings };
  const draft = { calendar: withDay(withDay(usual, MONDAY, 'off', ''), TUESDAY, 'off', '') };
  const runs: Spent[] = [];
  for (let round = 0; round < repetitions; round += 1)
    runs.push(
      await timed(async () => {
        const { moved } = await movedDeadlines({ incidents, contexts }, draft, NOW);
        if (moved !== OPEN) throw new Error(`${moved} moved`);
      }),
    );
  const where = `${OPEN.toLocaleString('en-US')} open incidents`;
  const title = 'preview of a calendar change';
  return [{ where, title, limit: 500, measured: wallOf(runs), unit: 'ms', detail: spentOn(runs) }];
}

async function filledStore(incidents: readonly Incident[]): Promise<DexieSyncStore> {
  const store = await DexieSyncStore.open({ name: 'pult:bench-settings', newId: uuidv7 });
  await store.load(incidents, {});
  return store;
}

/** Settings of a large region: routes from a file, a trial of them, and a day of the calendar. */
export async function benchSettings(repetitions: number): Promise<readonly Goal[]> {
  return [
    ...(await importedRoutes(repetitions)),
    ...(await triedRoutes(repetitions)),
    ...(await movedByCalendar(repetitions)),
  ];
}

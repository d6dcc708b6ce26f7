import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';
import { MS_PER_HOUR } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { formatLocalTimestamp, parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import type { ColumnKey } from '#shared/exchange/columns.ts';
import { handOver } from '#server/jobs/hand-over.ts';
import { weighImportance } from '#server/jobs/weigh-importance.ts';
import { withScope } from '#server/store/database.ts';
import { changeNumbering } from '#server/sync/numbering.ts';
import { HEADERS, numberedCells, xlsxOf, ZONE } from '#tests/fixtures/exchange.ts';
import { counted, importDesk } from '#tests/helpers/import-desk.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

// Both systems at work side by side, as docs/leaving.md describes it.
let base: FreshDatabase;
const { newRegion, load, incidents, exported } = importDesk(() => base);
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(async () => base.stop());

type Change = Partial<Record<ColumnKey, RawCell>>;

/** Cells that come with an answer and after it. */
const ANSWERED: readonly ColumnKey[] = [
  'firstReplyAt',
  'firstReplyText',
  'firstReplyWall',
  'firstReplyWorking',
  'agencyReplyAt',
  'agencyReaction',
  'agencyInTime',
  'lifetime',
  'submittedAt',
  'approvalTime',
  'closedAt',
  'outcome',
  'replyHasMedia',
  'reply1',
  'reply2',
  'reply3',
  'closingReason',
  'satisfactionAt',
];
/** A message that nobody has answered yet. */
const OPEN: Change = {
  ...Object.fromEntries(ANSWERED.map((key) => [key, null])),
  agency: 'heat',
  step: 'В работе',
};
const NEW: Change = { ...OPEN, agency: null, unit: null, assignedAt: null, step: 'Создан' };

/** One that came an hour ago: rules of importance speak of no message of the past. */
const TENTH = 10;
const CAME = formatLocalTimestamp(ZONE, Date.now() - MS_PER_HOUR);
const LATELY: Change = { ...OPEN, createdAt: CAME, assignedAt: CAME, text: "'В подъезде запах газа" };

/** The old system's registry: rows by their place in it. */
type Registry = ReadonlyMap<number, Change>;
const PLACES = Array.from({ length: 40 }, (_, at) => at + 1);
/** A month of it: closed, in work, and new ones in turn. */
const MONTH: Registry = new Map(
  PLACES.map((n) => [n, n === TENTH ? LATELY : ([{}, OPEN, NEW][n % 3] ?? {})]),
);
const OPEN_PLACES = PLACES.filter((n) => n % 3 !== 0);

const changed = (registry: Registry, changes: Readonly<Record<number, Change>>): Registry =>
  new Map([...registry, ...Object.entries(changes).map(([n, row]): [number, Change] => [Number(n), row])]);

const fileOf = (registry: Registry) =>
  xlsxOf([HEADERS, ...Array.from(registry, ([n, change]) => numberedCells(n, change))]);

/** The deadline of what came on a Wednesday evening: nine hours of work of the next day. */
const DUE = must(parseLocalTimestamp(ZONE, '2025-12-18 17:30:00'), 'a moment');

async function byPlace(region: string): Promise<ReadonlyMap<number, Incident>> {
  const rows = await incidents(region);
  return new Map(rows.map((incident) => [(incident.number ?? 0) - 30_000, incident]));
}

const push = async (me: TestClient, id: string, row: object, kind: string, from: object | null) => {
  const { outcomes } = await me.push(me.nextEnvelope(id, 'saveRecord', { kind, row, from }));
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
};

test('a month, deltas while both systems run, the day of the switch and the way back', async () => {
  const region = await newRegion();
  const [operator, administrator] = (['operator', 'administrator'] as const).map(
    (role) => new TestClient(base.db, sessionOfRole(role, { region })),
  ) as [TestClient, TestClient];
  const jobs = async () => {
    for (const job of [handOver, weighImportance]) await runJob(job, jobContext(base.db), region);
  };

  // The first import: open ones with their step, number and a deadline of this region.
  expect(counted(await load(region, fileOf(MONTH)))).toMatchObject({ read: 40, created: 40, refused: 0 });
  const first = await byPlace(region);
  expect([...first.keys()].toSorted((a, b) => a - b)).toEqual(PLACES);
  for (const [n, { step, due, externalId }] of first) {
    expect([step.name, externalId]).toEqual([['done', 'in_progress', 'new'][n % 3], 40_000_000 + n]);
    expect(due?.at ?? null).toBe(n % 3 === 0 ? null : n === TENTH ? due?.at : DUE);
  }
  expect(must(first.get(TENTH)?.due, 'a deadline').from).toBe(first.get(TENTH)?.createdAt);

  // A delta: some are done, some have gone to an agency, some are new.
  const second = changed(MONTH, { 1: {}, 2: OPEN, 41: NEW, 42: {} });
  expect(counted(await load(region, fileOf(second)))).toEqual({
    read: 42,
    created: 2,
    updated: 2,
    unchanged: 38,
    refused: 0,
  });
  const after = await byPlace(region);
  expect([1, 2, 41, 42].map((n) => after.get(n)?.step.name)).toEqual(['done', 'in_progress', 'new', 'done']);
  expect([1, 2, 41, 42].map((n) => after.get(n)?.due?.at ?? null)).toEqual([null, DUE, DUE, null]);
  for (const n of OPEN_PLACES.slice(2)) expect(after.get(n)).toEqual(first.get(n));

  // The same delta again, a file with nothing new, changes nothing.
  expect(counted(await load(region, fileOf(second)))).toMatchObject({ unchanged: 42, refused: 0 });
  expect(await byPlace(region)).toEqual(after);

  // Meanwhile here: somebody works on one, a rule raises those with a word, an agency has closed.
  const idOf = (n: number): string => must(after.get(n), `row ${n}`).id;
  expect(await operator.do(idOf(4), 'note', { text: 'Звонили автору' })).toMatchObject({ status: 'applied' });
  const own = await operator.register('Яма у школы');
  await push(administrator, RULE.id, RULE, 'importance_rule', null);
  const closed = { ...HEAT, validTo: Date.now() - 1, successor: 'housing' };
  await push(administrator, HEAT.id, closed, 'agency', { validTo: null, successor: null });
  await jobs();
  const worked = await byPlace(region);
  expect([worked.get(TENTH)?.importance, worked.get(7)?.importance]).toEqual(['high', 'ordinary']);
  expect(currentAgency(must(worked.get(7), 'row 7'))).toBe('housing');

  // A later delta takes from there what only jobs have touched here, and names the one that was worked on.
  const third = changed(second, {
    4: { ...OPEN, tags: 'зима' },
    7: { ...OPEN, tags: 'зима' },
    [TENTH]: { ...LATELY, tags: 'зима' },
    13: {},
  });
  const later = await load(region, fileOf(third));
  expect(counted(later)).toEqual({ read: 42, created: 0, updated: 3, unchanged: 38, refused: 1 });
  expect(later.refused).toMatchObject([{ column: 'ID', kind: 'changed_here', value: '40000004' }]);
  await jobs();
  const latest = await byPlace(region);
  expect(latest.get(4)).toEqual(worked.get(4));
  expect([7, TENTH].map((n) => latest.get(n)?.tags)).toEqual([['зима'], ['зима']]);
  expect([7, TENTH].map((n) => currentAgency(must(latest.get(n), 'a row')))).toEqual(['housing', 'housing']);
  expect([7, TENTH].map((n) => latest.get(n)?.importance)).toEqual(['ordinary', 'high']);
  expect([7, TENTH].map((n) => latest.get(n)?.due)).toEqual([7, TENTH].map((n) => worked.get(n)?.due));
  expect(latest.get(13)?.step.name).toBe('done');
  expect((await incidents(region)).filter(({ id }) => id === own)).toHaveLength(1);

  // The day of the switch: own numbers go on from where the centre wants them.
  const origin = { address: '', by: 'administrator-1', now: Date.now() };
  await withScope(base.db, { region }, (tx) => changeNumbering(tx, region, 2_000_000, origin));
  const next = await operator.register('Сосульки');
  expect((await incidents(region)).find(({ id }) => id === next)?.number).toBe(2_000_000);

  // The way back: all of it in the registry's own columns, and read again it says nothing new.
  expect(counted(await load(region, await exported(region)))).toEqual({
    read: 44,
    created: 0,
    updated: 0,
    unchanged: 44,
    refused: 0,
  });
});

const HEAT: Agency = {
  id: 'heat',
  name: 'heat',
  shortName: 'heat',
  kind: 'regional',
  units: [],
  verified: true,
};

const RULE: ImportanceRule = {
  id: 'gas',
  name: 'Газ',
  importance: 'high',
  words: ['запах газа'],
  group: null,
  topic: null,
  count: null,
  validFrom: Date.now() - 2 * MS_PER_HOUR,
  validTo: null,
};

import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { expect, it } from 'vitest';
import { columnOrder } from '#renderer/data/store/layout/column-kinds.ts';
import { FACT_COLUMNS } from '#renderer/data/store/fact-cells.ts';
import { CellFacts } from '#renderer/data/store/cell-facts.ts';
import { INCIDENT_COLUMNS, incidentCodec } from '#renderer/data/store/incident-codec.ts';
import { Columns } from '#renderer/data/store/layout/columns.ts';
import { Words } from '#renderer/data/store/layout/words.ts';
import { packed, unpackFacts } from '#server/report/packed-facts.ts';
import { storeFacts } from '#server/report/project-facts.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { Schema } from '#server/store/schema.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { baseFacts, calendar, january, ZONE } from '#tests/fixtures/facts.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';

const COLUMNS =
  'createdAt:f64 closedAt:f64 firstReplyAt:f64 finalReplyAt:f64 approvalMs:f64 number:u32 authorKey:u32 ' +
  'placeKey:u32 group:word topic:word municipality:word answerer:word template:word ' +
  'endings:word enteredLater:word step:u8 network:u8 kind:u8 importance:u8 type:u8 ' +
  'outcome:u8 closing:u8 rejectReason:u8 grade:u8 ' +
  'surveySent:u8 firstReplyInterim:u8 returns:u8 reopened:u8 deferred:u8 approvals:u8 ' +
  'ownApprovals:u8 overlooked:u8 promisesKept:u8 ' +
  'promisesBroken:u8 promisesOpen:u8 promisesMoved:u8';

const PACKED =
  'id number createdAt step group topic municipality network kind importance agency type outcome closing ' +
  'closedAt endings enteredLater rejectReason surveySent grade firstReplyAt firstReplyInterim ' +
  'finalReplyAt returns reopened deferred approvals approvalMs ownApprovals ' +
  'overlooked template promisesKept promisesBroken promisesOpen promisesMoved ' +
  'authorKey placeKey workingMinutes wallMinutes inTime';

const SQL_COLUMNS =
  'id created_at closed_at is_done past_closed past_reopened topic_key has_topic author_key place_key fact';

/** The statements that store these facts, as the database would get them. */
async function statementsStoring(facts: readonly (typeof baseFacts)[]) {
  const statements: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query: { sql, parameters } }) => void statements.push({ sql, parameters }),
  });
  await db.transaction().execute((tx) => storeFacts(tx as ScopedTransaction, 'eao', facts, ZONE));
  return statements;
}

it('lays facts out in the console as its stored rows have them', () => {
  const kinds: Readonly<Record<string, string>> = FACT_COLUMNS;
  expect(columnOrder(FACT_COLUMNS).map((name) => `${name}:${kinds[name]}`)).toEqual(COLUMNS.split(' '));
});

it('reads off the cells of a row every fact that its incident says', () => {
  const [columns, words] = [new Columns(INCIDENT_COLUMNS, incidentCodec.version), new Words()];
  const context = { calendar, policies: defaultPolicies };
  for (const incident of randomIncidents(1, 300, january.start, january.end)) {
    const row = columns.rowFor(incident.id);
    const chunk = columns.chunkOf(row);
    incidentCodec.write(incident, chunk.cells, row, words.code);
    const read = new CellFacts(chunk, row, words, context);
    const facts = factsOf(incident, context);
    const names = Object.keys(baseFacts) as readonly (keyof typeof baseFacts)[];
    expect(Object.fromEntries(names.map((name) => [name, read[name]]))).toEqual(facts);
  }
});

it('packs facts in the database as its stored rows have them, and reads every one of them back', () => {
  // A value of its own at every place: two that change places are seen.
  const named = Object.fromEntries(PACKED.split(' ').map((name) => [name, name]));
  const facts = named as unknown as typeof baseFacts;
  expect(packed(facts)).toEqual(PACKED.split(' '));
  expect(Object.keys(baseFacts).toSorted()).toEqual(PACKED.split(' ').toSorted());
  expect(unpackFacts([JSON.stringify(packed(facts))])).toEqual([named]);
});

it('gives the columns of incident_fact by which facts are found their names, types and values', async () => {
  const [closedBefore, reopenedAt] = [baseFacts.createdAt + 1000, baseFacts.createdAt + 2000];
  const ending = { outcome: null, closedAt: closedBefore, reopenedAt };
  const facts = {
    ...baseFacts,
    id: '0197a000-0000-7000-8000-000000000001',
    authorKey: 7,
    placeKey: 9,
    endings: [
      { ...ending, step: 'done' },
      { ...ending, step: 'rejected' },
    ],
  } as const;
  const statements = await statementsStoring([facts]);
  const insert = statements.find(({ sql }) => sql.startsWith('insert into incident_fact'));
  expect(insert?.sql.replaceAll(/\s+/g, ' ')).toBe(
    `insert into incident_fact (region_id, ${SQL_COLUMNS.replaceAll(' ', ', ')}) ` +
      `select $1, ${SQL_COLUMNS.split(' ')
        .map((name) => `i.${name}`)
        .join(', ')} ` +
      'from jsonb_to_recordset($2::jsonb) as i(id uuid, created_at bigint, closed_at bigint, ' +
      'is_done boolean, past_closed bigint[], past_reopened bigint[], topic_key text, ' +
      'has_topic boolean, author_key bigint, place_key bigint, fact json) ' +
      'on conflict (region_id, id) do update set created_at = excluded.created_at, ' +
      'closed_at = excluded.closed_at, is_done = excluded.is_done, ' +
      'past_closed = excluded.past_closed, past_reopened = excluded.past_reopened, ' +
      'topic_key = excluded.topic_key, ' +
      'has_topic = excluded.has_topic, author_key = excluded.author_key, ' +
      'place_key = excluded.place_key, fact = excluded.fact',
  );
  const { createdAt, closedAt, id } = facts;
  expect(insert?.parameters[0]).toBe('eao');
  expect(JSON.parse(String(insert?.parameters[1]))).toEqual([
    {
      id,
      created_at: createdAt,
      closed_at: closedAt,
      is_done: true,
      past_closed: [closedBefore],
      past_reopened: [reopenedAt],
      topic_key: 'Дороги›Снег',
      has_topic: true,
      author_key: 7,
      place_key: 9,
      fact: packed(facts),
    },
  ]);
});

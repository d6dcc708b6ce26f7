import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import type { CommandOutcome, Envelope } from '#shared/protocol/envelope.ts';
import { apiErrorSchema } from '#shared/protocol/errors.ts';
import { commandKey, commandOf } from '#shared/protocol/command-versions.ts';
import { rangeOf } from '#tests/fixtures/column-ranges.ts';
import { SENT_COMMANDS } from '#tests/fixtures/sent-commands.ts';
import { outOfRange } from '#tests/helpers/out-of-range.ts';
import { fillReference, registerArgs } from '#tests/helpers/sync-region.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let api: TestApi;
let headers: { authorization: string };
let account: string;
let incident: string;
const clientId = uuidv7();
let seq = 0;

const envelope = (change: Partial<Envelope>): Envelope => ({
  id: uuidv7(),
  seq: (seq += 1),
  actor: account,
  incident,
  name: commandKey('claim'),
  args: {},
  at: Date.now(),
  baseVersion: 0,
  ...change,
});

const push = (payload: object) =>
  api.api.inject({ method: 'POST', url: '/api/v1/sync/push', headers, payload });

async function outcomesOf(commands: readonly Envelope[]): Promise<readonly CommandOutcome[]> {
  const answer = await push({ protocol: 1, clientId, commands });
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${answer.body.slice(0, 300)}`);
  return answer.json<{ outcomes: CommandOutcome[] }>().outcomes;
}

beforeAll(async () => {
  api = await testApi([{ login: 'operator' }]);
  await fillReference(api.base.db, 'eao');
  headers = bearer(await tokenOf(api.api, 'operator'));
  const session = await api.api.inject({ url: '/api/v1/session', headers });
  account = session.json<{ account: { id: string } }>().account.id;
  incident = uuidv7();
  await outcomesOf([envelope({ name: commandKey('register'), args: registerArgs() })]);
});
afterAll(() => api.stop());

/** The newest form of each command, as consoles send it. */
const newest = SENT_COMMANDS.filter(({ key, refusedAs }) => {
  const sent = commandOf(key);
  return refusedAs === null && sent !== null && key === commandKey(sent.name);
});

type Answer = Awaited<ReturnType<typeof push>>;

/** An outcome of the command, a gap before it, or an error of the API's own catalogue. */
function isNamed(answer: Answer): boolean {
  if (answer.statusCode !== 200)
    return answer.statusCode < 500 && apiErrorSchema.safeParse(answer.json()).success;
  const { outcomes, gap } = answer.json<{ outcomes: CommandOutcome[]; gap: number | null }>();
  return gap !== null || outcomes.length === 1;
}

async function lastSeq(): Promise<number> {
  const { rows } = await sql<{ last: number }>`select last_seq as last from sync_client
    where client_id = ${clientId}`.execute(api.base.owner);
  return must(rows[0], 'the client').last;
}

/** In parts of so few that texts of any length fit a request. */
const PART = 10;

test('whatever a command’s arguments are, it is carried out or refused by name, and leaves nothing behind', async () => {
  const envelopes = newest.flatMap(({ key, args }) =>
    [...outOfRange(args as object)].map(({ body }) =>
      envelope({ name: key, args: body, incident: key.startsWith('register') ? uuidv7() : incident }),
    ),
  );
  expect(envelopes.length).toBeGreaterThan(500);
  const outcomes: CommandOutcome[] = [];
  for (let at = 0; at < envelopes.length; at += PART)
    outcomes.push(...(await outcomesOf(envelopes.slice(at, at + PART))));
  expect(outcomes.length).toBe(envelopes.length);
  const refused = outcomes.filter((outcome) => outcome.status === 'refused');
  expect(refused.length).toBeGreaterThan(300);
  expect(refused.filter(({ refusal }) => refusal.kind.length === 0)).toEqual([]);
  const { rows } = await sql<{ id: string }>`select command_id as id from event
    where command_id = any(${refused.map(({ id }) => id)}::uuid[])`.execute(api.base.owner);
  expect(rows).toEqual([]);
});

test.each(['seq', 'at', 'baseVersion', 'name', 'actor', 'incident', 'id'] as const)(
  'an envelope whose %s is beyond its range is refused by name',
  async (field) => {
    const whole = envelope({});
    for (const { path, value, body } of outOfRange(whole)) {
      if (path !== field) continue;
      const answer = await push({ protocol: 1, clientId, commands: [body] });
      expect(isNamed(answer), `${field}: ${String(value).slice(0, 40)}: ${answer.statusCode}`).toBe(true);
      whole.seq = seq = (await lastSeq()) + 1;
    }
    seq = await lastSeq();
  },
);

const EXTREMES = [
  '-1',
  '0.5',
  '1e309',
  '99999999999999999999',
  'NaN',
  '9999-99-99',
  '0000-01-01',
  'я'.repeat(3000),
  '%00',
];

test.each([
  ['/api/v1/sync/changes', { after: '0', clientId, epoch: uuidv7(), scope: 'x', limit: '10' }],
  ['/api/v1/sync/snapshot', { part: 'open', after: '', limit: '10' }],
  ['/api/v1/sync/bucket', { bucket: '0', after: '', limit: '10' }],
  ['/api/v1/export', { format: 'csv', from: '2025-01-01', to: '2025-02-01' }],
  ['/api/v1/report', { month: '2025-01', from: '2025-01-01', to: '2025-02-01' }],
  ['/api/v1/jobs', { limit: '1' }],
])('%s answers any number and any day by name', async (url, query) => {
  for (const name of Object.keys(query))
    for (const value of EXTREMES) {
      const pairs = Object.entries({ ...query, [name]: value }).map(([key, text]) =>
        text === '%00' ? `${key}=%00` : `${key}=${encodeURIComponent(text)}`,
      );
      const answer = await api.api.inject({ url: `${url}?${pairs.join('&')}`, headers });
      expect(answer.statusCode, `${url} ${name}=${value.slice(0, 30)}`).toBeLessThan(500);
    }
});

const NUMERIC = sql<{ name: string; type: string }>`
  select c.table_name || '.' || c.column_name as name, c.data_type as type
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    and c.data_type in ('integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision')
  order by 1`;

test('every numeric column has a range and a source, and after all that holds nothing beyond it', async () => {
  const { rows } = await NUMERIC.execute(api.base.owner);
  expect(rows.filter(({ name }) => rangeOf(name) === null)).toEqual([]);
  const beyond: string[] = [];
  for (const { name } of rows) {
    const { from, to } = must(rangeOf(name), name);
    const [table = '', column = ''] = name.split('.');
    const found = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
      where ${sql.ref(column)}::float8 not between ${from} and ${to}`.execute(api.base.owner);
    if (found.rows[0]?.n !== 0) beyond.push(name);
  }
  expect(beyond).toEqual([]);
  const lines = rows.map(({ name, type }) => {
    const { from, to, source } = must(rangeOf(name), name);
    const most = type === 'integer' ? Math.min(to, 2_147_483_647) : to;
    return `| ${name} | ${type} | ${from} … ${most} | ${source} |`;
  });
  const table = [
    '# Ranges of numeric columns',
    '',
    'Written by `tests/unit/ranges/border.pg.test.ts` from the catalogue of PostgreSQL and',
    '`tests/fixtures/column-ranges.ts`, and anew by `npm test -- tests/unit/ranges -u`. The test fails for a',
    'column that is missing there, and when commands with every field beyond its range leave a number beyond',
    'its column’s.',
    'What goes over the wire: [ranges.md](ranges.md).',
    '',
    '| column | type | range | source |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  await expect(table).toMatchFileSnapshot(join(root, 'docs/ranges-of-columns.md'));
});

import { connect as dial } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#shared/domain/must.ts';
import { apiErrorSchema } from '#shared/protocol/errors.ts';
import { connect, withScope } from '#server/store/database.ts';
import { ApiClient, registerArgs } from '#tests/e2e/harness/api-client.ts';
import { ownerUrl } from '#tests/e2e/harness/server-truth.ts';
import { runScript, startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';

let server: RunningPult;
let operator: ApiClient;
let neighbour: ApiClient;
/** An incident of the other region. */
const foreign = uuidv7();

const added = z.object({ login: z.string(), password: z.string() });

beforeAll(async () => {
  server = await startServer({ hasJanuary: true, isConsoleServed: false });
  operator = await ApiClient.logIn(server.url, server.account('operator'));
  const args = [
    'add',
    'amur',
    '--name',
    'Амурская область',
    '--time-zone',
    'Asia/Yakutsk',
    '--data',
    server.dataDir,
  ];
  const { stdout } = await runScript('server/cli/region.ts', args);
  const { login, password } = added.parse(JSON.parse(stdout));
  neighbour = await ApiClient.logIn(server.url, { login, password, role: 'administrator' });
  await neighbour.setPassword(password, 'сорок бочек мандаринов');
  await neighbour.push([
    neighbour.envelope(foreign, 'register', { ...registerArgs('Соседний регион'), region: 'amur' }),
  ]);
});

afterAll(() => server.stop());

interface Refusal {
  readonly status: number;
  readonly kind: string;
  readonly text: string;
}

/** Sends a request as it is and gives the error it must be answered with. */
async function refusalOf(path: string, init: RequestInit = {}): Promise<Refusal> {
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('application/json');
  // Neither a stack, nor a path of this machine, nor a library's name for the trouble.
  expect(text).not.toMatch(
    /\n\s+at |node_modules|\.ts:|\/home\/|\/root\/|ZodError|SyntaxError|kysely|select .+ from/i,
  );
  return { status: response.status, kind: apiErrorSchema.parse(JSON.parse(text)).error.kind, text };
}

const posted = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): RequestInit => ({
  method: 'POST',
  headers: { ...operator.headers, 'content-type': 'application/json', ...headers },
  body,
});

const PUSH = '/api/v1/sync/push';
const HELLO = '/api/v1/sync/hello';
const json = (value: unknown): string => JSON.stringify(value);
const pushOf = (commands: unknown): string => json({ protocol: 1, clientId: uuidv7(), commands });
const wellFormed = (): Record<string, unknown> => ({
  id: uuidv7(),
  seq: 1,
  actor: operator.session.account.id,
  incident: uuidv7(),
  name: 'note@1',
  args: { text: 'x' },
  at: Date.now(),
  baseVersion: 0,
});

test.each<[string, () => string, number, string]>([
  ['half a JSON', () => '{"protocol":1,', 400, 'bad_json'],
  ['no body', () => '', 400, 'bad_json'],
  ['a word', () => 'привет', 400, 'bad_json'],
  ['an array', () => '[]', 400, 'bad_request'],
  ['null', () => 'null', 400, 'bad_request'],
  ['no commands', () => pushOf([]), 400, 'bad_request'],
  ['commands of the wrong kind', () => pushOf('all'), 400, 'bad_request'],
  ['too many commands', () => pushOf(Array.from({ length: 51 }, wellFormed)), 400, 'bad_request'],
  ['a seq of half', () => pushOf([{ ...wellFormed(), seq: 0.5 }]), 400, 'bad_request'],
  ['an incident without an id', () => pushOf([{ ...wellFormed(), incident: '' }]), 400, 'bad_request'],
  ['another account’s command', () => pushOf([{ ...wellFormed(), actor: 'approver' }]), 403, 'forbidden'],
  [
    'a protocol from the future',
    () => json({ ...JSON.parse(pushOf([wellFormed()])), protocol: 99 }),
    400,
    'protocol_too_new',
  ],
  [
    'a protocol from the past',
    () => json({ ...JSON.parse(pushOf([wellFormed()])), protocol: 0 }),
    426,
    'protocol_too_old',
  ],
  ['a prototype', () => '{"__proto__":{"role":"administrator"},"protocol":1}', 400, 'bad_json'],
  [
    'five megabytes',
    () => pushOf([{ ...wellFormed(), args: { text: 'я'.repeat(2_600_000) } }]),
    413,
    'too_large',
  ],
  ['brackets without end', () => '['.repeat(200_000), 400, 'bad_json'],
])('a push of %s is refused by name', async (_, body, status, kind) => {
  expect(await refusalOf(PUSH, posted(body()))).toMatchObject({ status, kind });
});

// Settings have names for ids, so the envelope lets one through: the decider is who refuses it.
test('a command on an incident whose id is no uuid is refused by name', async () => {
  const response = await fetch(
    `${server.url}${PUSH}`,
    posted(pushOf([{ ...wellFormed(), incident: "'; drop table incident; --" }])),
  );
  expect(await response.json()).toMatchObject({
    outcomes: [{ status: 'refused', refusal: { kind: 'malformed', path: 'incident' } }],
  });
});

test('whoever is still writing when he is refused hears the answer, not a broken line', async () => {
  const body = 'x'.repeat(30_000_000);
  for (let time = 0; time < 5; time += 1)
    expect(await refusalOf(PUSH, posted(body))).toMatchObject({ status: 413, kind: 'too_large' });
});

test.each([
  [[99], 400, 'protocol_too_new'],
  [[0], 426, 'protocol_too_old'],
])('a console that speaks only %j is told which side to update', async (protocols, status, kind) => {
  const refusal = await refusalOf(HELLO, posted(json({ protocols, appVersion: 'x', clientId: uuidv7() })));
  expect(refusal).toMatchObject({ status, kind });
});

test('who is not logged in gets nothing, whatever the token looks like', async () => {
  const tokens = [
    '',
    'Bearer',
    'Bearer x',
    `Bearer ${'a'.repeat(43)}`,
    `Basic ${btoa('operator:operator')}`,
    `Bearer ${'ы'.codePointAt(0)}${'_'.repeat(60)}`,
  ];
  for (const authorization of tokens) {
    for (const path of [
      'sync/changes',
      'sync/snapshot?part=open',
      'sync/stream',
      'session',
      'reference',
      `incidents/${foreign}`,
    ]) {
      expect(await refusalOf(`/api/v1/${path}`, { headers: { authorization } })).toMatchObject({
        status: 401,
        kind: 'unauthenticated',
      });
    }
  }
});

test('an expired session is told from an unknown one', async () => {
  const tired = await ApiClient.logIn(server.url, server.account('observer'));
  const db = connect(ownerUrl(server.dataDir), 1);
  try {
    await withScope(db, { region: 'eao' }, (tx) =>
      tx
        .updateTable('session')
        .set({ expires_at: Date.now() - 1 })
        .where('account_id', '=', tired.session.account.id)
        .execute(),
    );
  } finally {
    await db.destroy();
  }
  expect(await refusalOf('/api/v1/session', { headers: tired.headers })).toMatchObject({
    status: 401,
    kind: 'session_expired',
  });
});

test('another site’s page cannot act with the cookie', async () => {
  const { login, password } = server.account('operator');
  const from = posted(json({ login, password }), { origin: 'https://evil.example', authorization: '' });
  expect(await refusalOf('/api/v1/session', from)).toMatchObject({ status: 403, kind: 'forbidden' });
});

test('another region’s incident does not exist here', async () => {
  expect(await refusalOf(`/api/v1/incidents/${foreign}`, { headers: operator.headers })).toMatchObject({
    status: 404,
    kind: 'not_found',
  });
  const note = operator.envelope(foreign, 'note', { text: 'чужое' });
  const { outcomes } = await operator.push([note]);
  expect(outcomes).toMatchObject([{ status: 'refused', refusal: { kind: 'no_such_incident' } }]);
  const kept = must((await neighbour.incidents()).get(foreign), 'the neighbour’s incident');
  expect(kept.notes).toEqual([]);
  expect((await operator.incidents()).has(foreign)).toBe(false);
});

test('another region’s incident id cannot be taken by registering it here', async () => {
  const { outcomes } = await operator.push([operator.envelope(foreign, 'register', registerArgs('Захват'))]);
  expect(['applied', 'refused']).toContain(outcomes[0]?.status);
  const kept = must((await neighbour.incidents()).get(foreign), 'the neighbour’s incident');
  expect(kept).toMatchObject({ text: 'Соседний регион', region: 'amur' });
});

test('a gap in the sequence names the number that is expected, and decides nothing', async () => {
  const lonely = new ApiClient(server.url, operator.session);
  lonely.seq = 4;
  const { outcomes, gap, lastSeq } = await lonely.push([
    lonely.envelope(uuidv7(), 'register', registerArgs('После пропуска')),
  ]);
  expect({ outcomes, gap, lastSeq }).toEqual({ outcomes: [], gap: 1, lastSeq: 0 });
});

test('commands that cannot be read or stored are refused one by one, and those after them are decided', async () => {
  const client = new ApiClient(server.url, operator.session);
  const id = uuidv7();
  const strange = [
    client.envelope(id, 'register', registerArgs('Строка с \u0000 нулём и \uD800 половиной знака')),
    { ...client.envelope(id, 'note', { text: 'x' }), name: 'explode@1' },
    { ...client.envelope(id, 'note', { text: 'x' }), name: 'constructor@1' },
    { ...client.envelope(id, 'note', { text: 'x' }), args: { text: 7 } },
    { ...client.envelope(id, 'note', { text: 'x' }), at: Number.MAX_SAFE_INTEGER },
    client.envelope(id, 'note', { text: 'после всего' }),
  ];
  const { outcomes, gap } = await client.push(strange);
  expect(gap).toBeNull();
  expect(outcomes.map(({ status }) => status)).toEqual([
    'applied',
    'refused',
    'refused',
    'refused',
    'refused',
    'applied',
  ]);
  const stored = must((await client.incidents()).get(id), 'the incident');
  expect(stored.notes.map(({ text }) => text)).toEqual(['после всего']);
});

test.each([
  ['/api/v1/sync/changes?after=-1', 400, 'bad_request'],
  ['/api/v1/sync/changes?after=1e99&clientId=x&epoch=y&scope=', 400, 'bad_request'],
  ['/api/v1/sync/snapshot?part=everything', 400, 'bad_request'],
  ['/api/v1/sync/snapshot?part=open&after=bm90IGEgY3Vyc29y', 400, 'bad_request'],
  ['/api/v1/incidents/1', 400, 'bad_request'],
  ['/api/v1/incidents/%2e%2e%2f%2e%2e%2fetc', 400, 'bad_request'],
  ['/api/v1/nothing', 404, 'not_found'],
])('GET %s is refused by name', async (path, status, kind) => {
  expect(await refusalOf(path, { headers: operator.headers })).toMatchObject({ status, kind });
});

test('a revision that is not there yet sends the console to download again', async () => {
  const { epoch, scopeHash: scope } = await operator.hello();
  const query = new URLSearchParams({ after: '999999', clientId: operator.clientId, epoch, scope });
  const refusal = await refusalOf(`/api/v1/sync/changes?${query.toString()}`, { headers: operator.headers });
  expect(refusal).toMatchObject({ status: 410, kind: 'resync' });
});

/** Writes bytes to the port as they are and gives the first line of the answer. */
async function rawAnswer(bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((done) => {
    const socket = dial(Number(port), hostname, () => socket.write(bytes));
    let said = '';
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    // Answered and reset at once, because the rest of what we send is not read: the answer is what counts.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (said += chunk.toString())).on('close', () => done(said));
  });
}

test('what is not HTTP at all is answered and does no harm', async () => {
  const answers = await Promise.all(
    [
      'ПРИВЕТ\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
    ].map(rawAnswer),
  );
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/\n\s+at /);
  }
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

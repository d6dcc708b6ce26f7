import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchTransport, photoLine } from '#renderer/data/sync/fetch-transport.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
const QUERY = {
  after: 3,
  clientId: '019cb16c-7101-7000-8000-0693a0adbac7',
  epoch: '019cb16c-7101-7000-8000-0693a0adbac7',
  scope: 'all',
  limit: 10,
};
const PAGE = { epoch: QUERY.epoch, from: 3, to: 3, more: false, lastSeq: 0, outcomes: [], changes: [] };

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const error = (kind: string, detail?: Record<string, unknown>) => ({
  error: { kind, message: 'why', ...(detail ? { detail } : {}) },
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('asks what it should, with the token, and reads the answer', async () => {
  const requests: string[] = [];
  const address = await serve((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    json(200, PAGE)(request, response);
  });
  expect(await fetchTransport({ addresses: [address], token: 'secret' }).changes(QUERY)).toEqual({
    ok: true,
    value: PAGE,
  });
  expect(requests).toEqual([
    `GET /api/v1/sync/changes?after=3&clientId=${QUERY.clientId}&epoch=${QUERY.epoch}&scope=all&limit=10 ` +
      `Bearer secret`,
  ]);
});

test.each([
  [401, error('session_expired'), { kind: 'unauthenticated' }],
  [403, error('forbidden'), { kind: 'forbidden' }],
  [403, error('password_temporary'), { kind: 'unauthenticated' }],
  [403, error('second_factor_demanded'), { kind: 'unauthenticated' }],
  [400, error('bad_request'), { kind: 'unreadable', status: 400, message: 'why' }],
  [413, error('too_large'), { kind: 'unreadable', status: 413, message: 'why' }],
  [409, error('sequence_gap', { expected: 7 }), { kind: 'gap', expected: 7 }],
  [410, error('resync'), { kind: 'resync' }],
  [426, error('protocol_too_old'), { kind: 'too_old' }],
  [426, error('protocol_too_new'), { kind: 'too_new' }],
  [500, 'not an error body', { kind: 'busy', status: 500, afterMs: null }],
  [418, {}, { kind: 'nonsense', message: 'HTTP 418' }],
] as const)('HTTP %i %o means %o', async (status, body, failure) => {
  const transport = fetchTransport({ addresses: [await serve(json(status, body))] });
  expect(await transport.changes(QUERY)).toEqual({ ok: false, failure });
});

const page =
  (status: number): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Вход в сеть</h1>');
  };

test.each([200, 400, 401, 403, 404, 409, 410, 422, 511])(
  'HTTP %i of somebody else at the address means nothing of what the API would mean by it',
  async (status) => {
    const addresses = [await serve(page(status))];
    const foreign = { ok: false, failure: { kind: 'foreign', status } };
    const transport = fetchTransport({ addresses });
    expect(await transport.changes(QUERY)).toEqual(foreign);
    expect(await transport.snapshot({ part: 'open', after: '' })).toEqual(foreign);
    expect(await photoLine({ addresses }).send('0'.repeat(64), new Uint8Array(8))).toEqual(foreign);
    let pokes = 0;
    const stream = await transport.stream(() => (pokes += 1), new AbortController().signal);
    expect([stream, pokes]).toEqual([foreign, 0]);
  },
);

test('429 says how long to wait', async () => {
  const transport = fetchTransport({
    addresses: [await serve(json(429, error('rate_limited'), { 'retry-after': '7' }))],
  });
  expect(await transport.changes(QUERY)).toEqual({
    ok: false,
    failure: { kind: 'busy', status: 429, afterMs: 7000 },
  });
});

test('an answer of another shape is nonsense, one cut short is the network', async () => {
  const odd = fetchTransport({ addresses: [await serve(json(200, { ...PAGE, to: 'soon' }))] });
  expect(await odd.changes(QUERY)).toMatchObject({ ok: false, failure: { kind: 'nonsense' } });
  const cut = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"epoch":');
    setTimeout(() => response.destroy(), 20);
  });
  expect(await fetchTransport({ addresses: [cut] }).changes(QUERY)).toMatchObject({
    ok: false,
    failure: { kind: 'network' },
  });
});

test('when one address is down or going down the next one is asked, and stays the one', async () => {
  let requests = 0;
  const stopping = await serve((request, response) => {
    requests += 1;
    json(503, error('unavailable'))(request, response);
  });
  const good = await serve(json(200, PAGE));
  const transport = fetchTransport({ addresses: ['http://127.0.0.1:1', stopping, good] });
  expect(await transport.changes(QUERY)).toEqual({ ok: true, value: PAGE });
  expect(await transport.changes(QUERY)).toEqual({ ok: true, value: PAGE });
  expect(requests).toBe(1);
});

test('with every address down it is the network', async () => {
  const transport = fetchTransport({ addresses: ['http://127.0.0.1:1', 'http://127.0.0.1:2'] });
  expect(await transport.changes(QUERY)).toMatchObject({ ok: false, failure: { kind: 'network' } });
});

test('the stream pokes once when it stands and once for each event, and ends when told', async () => {
  const address = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    setTimeout(() => response.write('id: 5\nda'), 20);
    setTimeout(() => response.write('ta: {"v":5}\n\n: heartbeat\n\n'), 40);
  });
  let pokes = 0;
  const stop = new AbortController();
  const ended = fetchTransport({ addresses: [address] }).stream(() => (pokes += 1), stop.signal);
  await expect.poll(() => pokes, { interval: 5 }).toBe(2);
  stop.abort();
  expect(await ended).toMatchObject({ ok: false, failure: { kind: 'network' } });
  expect(pokes).toBe(2);
});

test('bytes of a page are asked for where they are given', async () => {
  const urls: string[] = [];
  const address = await serve((request, response) => {
    urls.push(request.url ?? '');
    json(200, PAGE)(request, response);
  });
  const transport = fetchTransport({ addresses: [address] });
  await transport.changes({ ...QUERY, bytes: 5000 });
  await transport.snapshot({ part: 'open', after: 'x', bytes: 6000 });
  await transport.bucket(3, 'y', 7000);
  expect(urls.map((url) => url.slice(url.lastIndexOf('/') + 1))).toEqual([
    expect.stringMatching(/&limit=10&bytes=5000$/),
    'snapshot?part=open&after=x&bytes=6000',
    'bucket?bucket=3&after=y&bytes=7000',
  ]);
});

test('a page of the first download is asked for with what was seen, where anything was', async () => {
  const urls: string[] = [];
  const address = await serve((request, response) => {
    urls.push(request.url ?? '');
    json(200, PAGE)(request, response);
  });
  const { snapshot } = fetchTransport({ addresses: [address] });
  const [epoch, mark] = [QUERY.epoch, QUERY.clientId];
  const ask = { part: 'open', after: '' } as const;
  await snapshot({ ...ask, seen: { epoch, cursor: 7, mark } });
  await snapshot({ ...ask, seen: { epoch, cursor: 7, mark: null } });
  await snapshot({ ...ask, seen: null });
  expect(urls.map((url) => url.slice(url.lastIndexOf('/') + 1))).toEqual([
    `snapshot?part=open&after=&epoch=${epoch}&cursor=7&mark=${mark}`,
    `snapshot?part=open&after=&epoch=${epoch}&cursor=7`,
    'snapshot?part=open&after=',
  ]);
});

test('an answer that breaks off on its way is slow, one that never begins is not', async () => {
  const breaking = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-length': '1000' });
    response.write('{"t":"head"}\n');
    setTimeout(() => response.destroy(), 50);
  });
  const away = await serve((_request, response) => response.destroy());
  const failureAt = async (address: string) =>
    fetchTransport({ addresses: [address] }).snapshot({ part: 'open', after: '' });
  expect(await failureAt(breaking)).toMatchObject({ failure: { kind: 'network', isSlow: true } });
  expect(await failureAt(away)).toMatchObject({ failure: { kind: 'network' } });
  expect(await failureAt(away)).not.toMatchObject({ failure: { isSlow: true } });
});

test('whatever arrives whole and is no JSON is nonsense', async () => {
  const address = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"epoch":');
  });
  expect(await fetchTransport({ addresses: [address] }).changes(QUERY)).toMatchObject({
    failure: { kind: 'nonsense' },
  });
});

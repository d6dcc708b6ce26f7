import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { PACE } from '#server/api/slow-bodies.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

/** A head that promises more than comes. */
const head = (path: string, extra = ''): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\n${extra}` +
  'content-type: application/json\r\ncontent-length: 4000\r\n\r\n';

const QUICK = { ...PACE, headersMs: 500, silenceMs: 60_000, graceMs: 300, lookMs: 50 };
let test: TestApi;
let port = 0;

beforeAll(async () => {
  test = await testApi([{ login: 'anna' }], { pace: QUICK });
  await test.api.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = test.api.server.address() as AddressInfo);
});
afterAll(() => test.stop());

interface Caller {
  readonly socket: Socket;
  readonly answer: () => string;
  readonly gone: Promise<unknown>;
}

async function call(text: string): Promise<Caller> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('error', () => undefined).on('data', (chunk) => (answer += chunk.toString()));
  // `once` would give up at the reset that a server closes with while something is still on its way to it.
  const gone = new Promise((done) => socket.once('close', done));
  await once(socket, 'connect');
  socket.write(text);
  return { socket, answer: () => answer, gone };
}

it('a thousand bodies that do not come are let go, with a named refusal', async () => {
  const callers = await Promise.all(
    Array.from({ length: 1000 }, () => call(`${head('/api/v1/session')}{"login":`)),
  );
  await Promise.all(callers.map(({ gone }) => gone));
  const told = callers.filter(({ answer }) => /^HTTP\/1\.1 408 .+"too_slow"/s.test(answer()));
  expect(told).toHaveLength(1000);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

it('so are bodies that drip, also where the answer needed none of it', async () => {
  const dripping = await call(`${head('/api/v1/sync/push')}{`);
  const drip = setInterval(() => dripping.socket.write(' '), 20);
  await dripping.gone;
  clearInterval(drip);
  expect(dripping.answer()).toMatch(/^HTTP\/1\.1 401 /);
});

it('so are heads that do not come', async () => {
  const { gone, answer } = await call('GET /healthz HTTP/1.1\r\nhost: x\r\nx-');
  await gone;
  expect(answer()).toMatch(/^HTTP\/1\.1 408 /);
});

it('a slow line that goes on all the time is heard to the end', async () => {
  const text = JSON.stringify({ login: 'anna', password: TEST_PASSWORD });
  const body = Buffer.alloc(4000, ' ').fill(text, 0, Buffer.byteLength(text));
  const caller = await call(head('/api/v1/session', 'connection: close\r\n'));
  for (let at = 0; at < body.length; at += 400) {
    caller.socket.write(body.subarray(at, at + 400));
    await sleep(100);
  }
  await caller.gone;
  expect(caller.answer()).toMatch(/^HTTP\/1\.1 200 /);
});

it('a stream stands however long it says nothing to us', async () => {
  const stop = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}/api/v1/sync/stream`, {
    headers: bearer(await tokenOf(test.api, 'anna')),
    signal: stop.signal,
  });
  const reader = must(stream.body, 'a body').getReader();
  await reader.read();
  await sleep(QUICK.headersMs + QUICK.graceMs + 500);
  expect(stream.ok).toBe(true);
  const next = await Promise.race([reader.read(), sleep(100, 'stands' as const)]);
  expect(next === 'stands' || !next.done).toBe(true);
  stop.abort();
});

import { gunzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandKey } from '#shared/protocol/command-versions.ts';
import type { Envelope } from '#shared/protocol/envelope.ts';
import { helloResponseSchema, type HelloResponse } from '#shared/protocol/sync.ts';
import { buildApp } from '#server/api/app.ts';
import type { Api } from '#server/api/api.ts';
import { connect, type Database } from '#server/store/database.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';
import { readPage } from '#tests/helpers/sync-feed.ts';
import { registerArgs } from '#tests/helpers/sync-region.ts';

let api: TestApi;
let headers: { authorization: string };
let account: string;
const clientId = uuidv7();
let seq = 0;

beforeAll(async () => {
  api = await testApi([
    { login: 'operator' },
    { login: 'observer', role: 'observer' },
    { login: 'stranger', role: 'executor', agency: 'heat' },
    { login: 'leaver' },
  ]);
  headers = bearer(await tokenOf(api.api, 'operator'));
  account = (await api.api.inject({ url: '/api/v1/session', headers })).json<{ account: { id: string } }>()
    .account.id;
});
afterAll(() => api.stop());

const envelope = (incident: string, change: Partial<Envelope> = {}): Envelope => {
  seq += 1;
  return {
    id: uuidv7(),
    seq,
    actor: account,
    incident,
    name: commandKey('register'),
    args: registerArgs(),
    at: Date.now(),
    baseVersion: 0,
    ...change,
  };
};

const push = (app: Api, commands: Envelope[]) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/sync/push',
    headers,
    payload: { protocol: 1, clientId, commands },
  });

async function register(app: Api = api.api): Promise<string> {
  const id = uuidv7();
  expect((await push(app, [envelope(id)])).json()).toMatchObject({ outcomes: [{ status: 'applied' }] });
  return id;
}

async function sayHello(): Promise<HelloResponse> {
  const answer = await api.api.inject({
    method: 'POST',
    url: '/api/v1/sync/hello',
    headers,
    payload: { protocols: [1], appVersion: '1', clientId },
  });
  return helloResponseSchema.parse(answer.json());
}

describe('errors', () => {
  const hello = (protocols: number[]) =>
    api.api.inject({
      method: 'POST',
      url: '/api/v1/sync/hello',
      headers,
      payload: { protocols, appVersion: '1', clientId },
    });

  it.each([
    ['a console too old', () => hello([0]), 426, 'protocol_too_old'],
    ['a console too new', () => hello([99]), 400, 'protocol_too_new'],
    ['no session', () => api.api.inject({ url: '/api/v1/sync/digest' }), 401, 'unauthenticated'],
    [
      'another actor',
      () => push(api.api, [{ ...envelope(uuidv7()), actor: 'somebody', seq: 1 }]),
      403,
      'forbidden',
    ],
    ['no commands', () => push(api.api, []), 400, 'bad_request'],
    [
      'a made-up cursor',
      () => api.api.inject({ url: '/api/v1/sync/snapshot?part=open&after=zz', headers }),
      400,
      'bad_request',
    ],
    [
      'another epoch',
      async () => {
        const { scopeHash } = await sayHello();
        return api.api.inject({
          url: `/api/v1/sync/changes?after=0&clientId=${clientId}&epoch=${uuidv7()}&scope=${scopeHash}`,
          headers,
        });
      },
      410,
      'resync',
    ],
    [
      'a first page of a database that was put back since',
      async () => {
        const { epoch, headV } = await sayHello();
        const url = `/api/v1/sync/snapshot?part=open&epoch=${epoch}&cursor=${headV}&mark=${uuidv7()}`;
        return api.api.inject({ url, headers });
      },
      410,
      'resync',
    ],
    [
      'an incident that is not there',
      () => api.api.inject({ url: `/api/v1/incidents/${uuidv7()}`, headers }),
      404,
      'not_found',
    ],
    ['an id that is none', () => api.api.inject({ url: '/api/v1/incidents/1', headers }), 400, 'bad_request'],
  ])('%s', async (_what, ask, status, kind) => {
    const answer = await ask();
    expect([answer.statusCode, answer.json<{ error: { kind: string } }>().error.kind]).toEqual([
      status,
      kind,
    ]);
    seq = (await sayHello()).lastSeq;
  });
});

describe('a round trip', () => {
  it('what was pushed comes down in the feed, in the snapshot, packed or not, and by its address', async () => {
    const id = await register();
    const { epoch, scopeHash, headV, lastSeq } = await sayHello();
    expect(lastSeq).toBe(seq);
    const changes = await api.api.inject({
      url: `/api/v1/sync/changes?after=${headV - 1}&clientId=${clientId}&epoch=${epoch}&scope=${scopeHash}`,
      headers,
    });
    expect(changes.json()).toMatchObject({
      from: headV - 1,
      to: headV,
      lastSeq,
      outcomes: [{ seq }],
      changes: [{ id, v: headV }],
    });
    for (let n = 0; n < 3; n += 1) await register();
    const url = '/api/v1/sync/snapshot?part=open';
    const plain = await api.api.inject({ url, headers });
    const packed = await api.api.inject({ url, headers: { ...headers, 'accept-encoding': 'gzip, br' } });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/x-ndjson; charset=utf-8',
    });
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
    expect(readPage(plain.rawPayload).lines.length).toBeGreaterThanOrEqual(4);
    const response = await api.api.inject({ url: `/api/v1/incidents/${id}`, headers });
    expect(response.json()).toMatchObject({
      v: headV,
      incident: { id, author: { name: 'Иван Петров' } },
      events: [
        { n: 1, name: 'registered', by: account },
        { n: 2, name: 'due_set' },
      ],
    });
  });

  it('an executor gets no other agency’s incident by its address, an observer no author', async () => {
    const id = await register();
    const [observer, stranger] = [
      bearer(await tokenOf(api.api, 'observer')),
      bearer(await tokenOf(api.api, 'stranger')),
    ];
    expect((await api.api.inject({ url: `/api/v1/incidents/${id}`, headers: stranger })).statusCode).toBe(
      404,
    );
    const shown = await api.api.inject({ url: `/api/v1/incidents/${id}`, headers: observer });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).not.toContain('Петров');
  });

  it('reference rows can be asked for by kind', async () => {
    const answer = await api.api.inject({ url: '/api/v1/reference?kind=account', headers });
    expect(
      answer.json<{ rows: { row: { displayName: string } }[] }>().rows.map(({ row }) => row.displayName),
    ).toContain('Оператор');
  });

  it('the OpenAPI document knows every route', async () => {
    const { paths } = (await api.api.inject({ url: '/api/v1/openapi.json' })).json<{
      paths: Record<string, unknown>;
    }>();
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(
        ['hello', 'push', 'changes', 'digest', 'snapshot', 'bucket', 'stream'].map(
          (name) => `/api/v1/sync/${name}`,
        ),
      ),
    );
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/v1/incidents/{id}', '/api/v1/reference']),
    );
  });
});

describe('the stream', () => {
  let second: Api;
  let pool: Database;
  let address: string;

  beforeAll(async () => {
    pool = connect(api.base.apiUrl, 4);
    const quiet = { write: () => undefined };
    second = await buildApp({
      db: pool,
      now: Date.now,
      consoleDir: null,
      metricsToken: null,
      trustProxy: null,
      log: quiet,
      logLevel: 'error',
    });
    address = await second.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await second.close();
    await pool.destroy();
  });

  /** Opens the stream of the second process; `until` reads until the text has come. */
  async function open(as: Record<string, string> = headers) {
    const answer = await fetch(`${address}/api/v1/sync/stream`, { headers: as });
    if (answer.body === null) throw new Error('no body');
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`ended after ${text}`);
        text += value;
      }
    };
    const ended = async (): Promise<string> => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
      return text;
    };
    return { answer, until, ended, stop: () => reader.cancel().then(() => text) };
  }

  it('tells where the clock stands, then of each change that came through another process, in order', async () => {
    const { headV } = await sayHello();
    const stream = await open();
    expect(stream.answer.headers.get('content-type')).toBe('text/event-stream');
    await stream.until(`data: {"v":${headV}}`);
    for (let n = 1; n <= 10; n += 1) {
      await register(api.api);
      await stream.until(`id: ${headV + n}\n`);
    }
    const revisions = (await stream.stop()).matchAll(/^id: (\d+)$/gm);
    expect(Array.from(revisions, ([, v]) => Number(v) - headV)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('does not repeat what the console was told of before the connection broke', async () => {
    const { headV } = await sayHello();
    const stream = await open({ ...headers, 'last-event-id': String(headV) });
    await register(api.api);
    await stream.until(`id: ${headV + 1}\n`);
    expect(await stream.stop()).not.toContain(`data: {"v":${headV}}`);
  });

  it('wants a session', async () => {
    expect((await fetch(`${address}/api/v1/sync/stream`)).status).toBe(401);
  });

  it('ends when the API stops, which would wait for it for ever', async () => {
    const stream = await open();
    await stream.until('data:');
    const closing = second.close();
    expect(await stream.ended()).toContain('data:');
    await closing;
  });
});

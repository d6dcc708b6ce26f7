import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiErrorSchema } from '#shared/protocol/errors.ts';
import type { Api, Routes } from '#server/api/api.ts';
import { sessionOf } from '#server/api/authentication.ts';
import { buildApp } from '#server/api/app.ts';
import { API_ROUTES } from '#server/api/routes.ts';
import { connect } from '#server/store/database.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'pult-console-'));
let test: TestApi;
let api: Api;
let token: string;

/** Stands for the route files of others. */
const sampleRoutes: Routes = (to) => {
  const schema = {
    body: z.object({ texts: z.array(z.string().max(5)) }),
    response: { 200: z.object({ who: z.string() }) },
  };
  to.post('/api/v1/sample', { schema }, async (request) => ({ who: sessionOf(request).account.login }));
  to.get('/api/v1/sample/admin', { config: { access: ['administrator'] } }, async () => ({}));
  to.get('/api/v1/sample/bug', async () => {
    throw new TypeError('жалоба: у меня течёт крыша');
  });
};

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Пульт</title>');
  writeFileSync(join(folder, 'sw.js'), 'self;');
  writeFileSync(join(folder, 'assets', 'main-B3xYz01q.js'), `export const a = '${'x'.repeat(5000)}';`);
  test = await testApi([{ login: 'anna' }], { consoleDir: folder, routes: [...API_ROUTES, sampleRoutes] });
  api = test.api;
  token = await tokenOf(api, 'anna');
});
afterAll(async () => {
  await test.stop();
  rmSync(folder, { recursive: true });
});

describe('errors', () => {
  const post = (payload: string, headers: Record<string, string> = {}) =>
    api.inject({
      method: 'POST',
      url: '/api/v1/sample',
      payload,
      headers: { 'content-type': 'application/json', ...bearer(token), ...headers },
    });

  it.each([
    ['broken JSON', () => post('{"texts":[крыша'), 400, 'bad_json'],
    ['an empty body', () => post(''), 400, 'bad_json'],
    ['a body that does not fit', () => post('{"texts":["ok","слишком длинно"]}'), 400, 'bad_request'],
    ['a body too large', () => post(`{"texts":["${'x'.repeat(5_000_000)}"]}`), 413, 'too_large'],
    ['another media type', () => post('<a/>', { 'content-type': 'text/xml' }), 400, 'bad_request'],
    ['no session', () => post('{}', { authorization: '' }), 401, 'unauthenticated'],
    [
      'a role that may not',
      () => api.inject({ url: '/api/v1/sample/admin', headers: bearer(token) }),
      403,
      'forbidden',
    ],
    ['a bug', () => api.inject({ url: '/api/v1/sample/bug', headers: bearer(token) }), 500, 'internal'],
    [
      'no such route',
      () => api.inject({ url: '/api/v1/nothing', headers: { accept: 'text/html' } }),
      404,
      'not_found',
    ],
    ['no such file', () => api.inject('/assets/gone-12345678.js'), 404, 'not_found'],
    ['a bad address', () => api.inject('/api/%ff'), 400, 'bad_request'],
  ])('%s', async (_what, send, status, kind) => {
    const answer = await send();
    expect([answer.statusCode, apiErrorSchema.parse(answer.json()).error.kind]).toEqual([status, kind]);
    expect(answer.body).not.toMatch(/крыша|слишком|node_modules|\.ts:/);
  });

  it('a body that fits passes, one that does not is told where, without its words', async () => {
    expect((await post('{"texts":["ok"]}')).json()).toEqual({ who: 'anna' });
    const { error } = (await post('{"texts":["ok","слишком длинно"]}')).json();
    expect(error.detail).toEqual({ issues: [{ path: 'body/texts/1', reason: 'too_big' }] });
  });

  it('nothing residents wrote, no passwords and no tokens are in the log', async () => {
    await api.inject({ url: '/api/v1/sample/bug?q=крыша', headers: bearer(token) });
    const log = test.logged.join('\n');
    expect(log).toContain('"route":"/api/v1/sample/bug"');
    expect(log).toContain('app.pg.test.ts');
    expect(log).not.toMatch(/крыша|%D0|Правильный|слишком/);
    expect(log).not.toContain(token);
  });
});

describe('the console', () => {
  it('is served with the right cache headers and a strict policy', async () => {
    const index = await api.inject({ url: '/', headers: { accept: 'text/html' } });
    expect(index.headers['cache-control']).toBe('no-cache');
    const policy = String(index.headers['content-security-policy']);
    expect(policy).toContain(`script-src 'self';`);
    expect(policy).toContain(`worker-src 'self' blob:`);
    expect((await api.inject('/sw.js')).headers['cache-control']).toBe('no-cache');
    expect((await api.inject('/assets/main-B3xYz01q.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
  });

  it('any screen is index.html, and no folder outside is reachable', async () => {
    const screen = await api.inject({ url: '/queue/overdue?x=1', headers: { accept: 'text/html' } });
    expect([screen.statusCode, screen.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(screen.body).toContain('Пульт');
    for (const url of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fetc/passwd']) {
      const answer = await api.inject(url);
      expect([403, 404, 400]).toContain(answer.statusCode);
    }
  });

  it('is compressed where that helps', async () => {
    const script = await api.inject({
      url: '/assets/main-B3xYz01q.js',
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(script.headers['content-encoding']).toBe('gzip');
  });
});

describe('around', () => {
  it('tells that it lives, that it is ready, and what it measures to this machine only', async () => {
    expect((await api.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await api.inject('/readyz')).json()).toEqual({ status: 'ready' });
    expect((await api.inject('/metrics')).body).toContain(
      'pult_http_request_seconds_count{method="GET",route="/healthz",status="200"}',
    );
    expect((await api.inject({ url: '/metrics', remoteAddress: '10.1.1.1' })).statusCode).toBe(403);
  });

  it.each([
    { 'x-forwarded-for': '10.1.1.1' },
    { 'x-real-ip': '10.1.1.1' },
    { forwarded: 'for=10.1.1.1' },
    { via: '1.1 proxy' },
    { 'x-anything-of-a-proxy': '1' },
    { 'x-request-id': 'a1' },
    { host: 'rebound.example:7979' },
    { host: '127.0.0.1.rebound.example' },
    { host: 'localhost.rebound.example' },
    { host: '10.1.1.1' },
  ])(
    'tells no measures to who came through a proxy here, or under a name that was bound to us: %o',
    async (headers) => {
      expect((await api.inject({ url: '/metrics', headers })).statusCode).toBe(403);
    },
  );

  it.each(['localhost', '127.0.0.1:7979', '[::1]:7979'])(
    'tells them to a watcher that asks %s',
    async (host) => {
      expect((await api.inject({ url: '/metrics', headers: { host } })).statusCode).toBe(200);
    },
  );

  it('tells them to Prometheus, by the headers it sends', async () => {
    const headers = {
      accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5',
      'accept-encoding': 'gzip',
      'user-agent': 'Prometheus/3.5.0',
      'x-prometheus-scrape-timeout-seconds': '10',
    };
    expect((await api.inject({ url: '/metrics', headers })).statusCode).toBe(200);
  });

  it('describes itself in OpenAPI', async () => {
    const description = (await api.inject('/api/v1/openapi.json')).json();
    expect(Object.keys(description.paths['/api/v1/session'])).toEqual(['post', 'get', 'delete']);
    expect(
      description.paths['/api/v1/session'].post.requestBody.content['application/json'].schema.required,
    ).toContain('login');
  });

  it('answers 503 while the database is away', async () => {
    const nowhere = connect('postgres://pult_api:x@127.0.0.1:1/none');
    const lost = await buildApp({
      db: nowhere,
      now: Date.now,
      consoleDir: null,
      metricsToken: null,
      trustProxy: null,
      log: { write: () => undefined },
      logLevel: 'silent',
    });
    const answers = [
      await lost.inject('/readyz'),
      await lost.inject({ url: '/api/v1/session', headers: bearer(token) }),
    ];
    for (const answer of answers) {
      expect([answer.statusCode, answer.json().error.kind, answer.headers['retry-after']]).toEqual([
        503,
        'unavailable',
        '2',
      ]);
    }
    expect((await lost.inject('/healthz')).statusCode).toBe(200);
    await lost.close();
    await nowhere.destroy();
  });
});

import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { DEMO_LOGINS } from '#shared/protocol/demo.ts';
import { buildApp } from '#server/api/app.ts';
import type { Api } from '#server/api/api.ts';
import { isDemoOffered } from '#server/api/demo-door.ts';
import { createDemoAccounts } from '#server/demo/demo-accounts.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const PATH = '/api/v1/session/demo';
const folder = temporaryFolder('demo-login');
let base: FreshDatabase;
const apis: Api[] = [];
let port: number;

async function serve(offered: boolean | undefined, host = '127.0.0.1'): Promise<number> {
  const api = await buildApp({
    db: base.db,
    now: Date.now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: () => undefined },
    logLevel: 'error',
    ...(offered === undefined ? {} : { isDemoOffered: offered }),
  });
  apis.push(api);
  await api.listen({ host, port: 0 });
  const address = api.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

beforeAll(async () => {
  base = await freshDatabase();
  const eao = { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' };
  await addRegion(base.owner, { ...eao, settings: { demo: 'ready' } });
  await createDemoAccounts(base.owner, 'eao', folder, Date.now());
  port = await serve(true);
});
afterAll(async () => {
  await Promise.all(apis.map((api) => api.close()));
  await base.stop();
  rmSync(folder, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly body: { readonly people?: readonly { login: string; role: string }[]; readonly token?: string };
  readonly cookies: readonly string[];
}

/** Sends exactly these headers, as no browser lets a page do. */
function send(
  method: 'GET' | 'POST',
  headers: Readonly<Record<string, string | string[]>>,
  to: { port: number; host?: string } = { port },
): Promise<Reply> {
  return new Promise((done, fail) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        ...to,
        method,
        path: PATH,
        setHost: false,
        agent: false,
        headers: {
          ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
      },
      (incoming) => {
        let text = '';
        incoming.on('data', (chunk) => (text += String(chunk)));
        incoming.on('end', () =>
          done({
            status: incoming.statusCode ?? 0,
            body: JSON.parse(text),
            cookies: incoming.headers['set-cookie'] ?? [],
          }),
        );
      },
    );
    outgoing.on('error', fail);
    outgoing.end(method === 'POST' ? JSON.stringify({ login: 'administrator', token: true }) : undefined);
  });
}

const offeredTo = async (
  ...args: [Readonly<Record<string, string | string[]>>, { port: number; host?: string }?]
) => {
  const people = (await send('GET', ...args)).body.people ?? [];
  const { status, body } = await send('POST', ...args);
  expect(body.token !== undefined).toBe(people.length > 0);
  expect(people.length > 0 ? [200] : [403, 404]).toContain(status);
  return people.length;
};

describe('on the machine where the demo region runs', () => {
  it('its six people are offered and come in without a password, with a line in the audit log', async () => {
    const host = { host: `127.0.0.1:${port}` };
    const { body } = await send('GET', host);
    expect(body.people?.map(({ login }) => login)).toEqual(DEMO_LOGINS);
    const { status, body: session } = await send('POST', host);
    expect(status).toBe(200);
    expect(session).toMatchObject({
      account: { login: 'administrator', role: 'administrator' },
      token: expect.any(String),
    });
    const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('audit').select(['action', 'actor']).execute(),
    );
    expect(rows).toContainEqual({ action: 'login_demo', actor: 'administrator' });
  });

  it.each(['localhost', '127.0.0.1', '127.0.0.2', '[::1]'])('under the name %s', async (name) => {
    expect(await offeredTo({ host: `${name}:${port}` })).toBe(6);
  });

  it('from a page of its own', async () => {
    const host = `localhost:${port}`;
    expect(await offeredTo({ host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(6);
  });

  it('over IPv6 too', async () => {
    const other = await serve(true, '::1');
    expect(await offeredTo({ host: `[::1]:${other}` }, { port: other, host: '::1' })).toBe(6);
  });

  it('nobody is offered who was closed meanwhile', async () => {
    const close = (disabled: boolean) =>
      withScope(base.owner, { region: 'eao' }, (tx) =>
        tx.updateTable('account').set({ disabled }).where('id', '=', 'administrator').execute(),
      );
    await close(true);
    expect((await send('GET', { host: `localhost:${port}` })).body.people).toHaveLength(5);
    expect((await send('POST', { host: `localhost:${port}` })).status).toBe(404);
    await close(false);
  });
});

/** The whole answer to a request written by hand. */
const said = (request: string): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let all = '';
    socket.on('data', (chunk) => (all += String(chunk)));
    socket.on('close', () => done(all));
    socket.on('error', fail);
  });

describe('nobody is let in without a password', () => {
  let host: { host: string };
  beforeEach(() => {
    host = { host: `127.0.0.1:${port}` };
  });

  it.each([
    'pult.example',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    'localtest.me',
    'evil.example@127.0.0.1',
    '127.0.0.1@evil.example',
    'localhost.',
    'LOCALHOST.evil',
    '0.0.0.0',
    '[::]',
    '::1',
    '[::ffff:127.0.0.1]',
    '[::1]evil',
    '2130706433',
    '0x7f.1',
    '127.1',
    '127.999.999.999',
    '128.0.0.1',
    '10.0.0.1',
    '127.0.0.1, evil.example',
    ' ',
    '',
  ])('under the name «%s», rebound or forged', async (name) => {
    expect(await offeredTo({ host: `${name}:${port}` })).toBe(0);
    expect(await offeredTo({ host: name })).toBe(0);
  });

  it('under another port, as through a tunnel', async () => {
    for (const name of [
      'localhost:80',
      'localhost',
      `localhost:${port + 1}`,
      `localhost:0${port}`,
      `localhost:${port}:${port}`,
    ])
      expect(await offeredTo({ host: name })).toBe(0);
  });

  it.each([
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-proto', 'http'],
    ['X-Real-IP', '127.0.0.1'],
    ['forwarded', 'for=127.0.0.1'],
    ['via', '1.1 proxy'],
    ['x-client-ip', '::1'],
    ['cf-connecting-ip', '::1'],
    ['true-client-ip', '::1'],
    ['client-ip', '127.0.0.1'],
    ['wl-proxy-client-ip', '127.0.0.1'],
    ['proxy-connection', 'keep-alive'],
    ['z-forwarded-for', '127.0.0.1'],
    ['front-end-https', 'on'],
    ['of-nobody-knows-what', '1'],
  ])('through a proxy that says %s', async (name, value) => {
    expect(await offeredTo({ ...host, [name]: value })).toBe(0);
  });

  it.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://localhost' }],
    [{ origin: 'https://127.0.0.1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ referer: 'http://evil.example/login' }],
  ])('from the page of another origin: %j', async (headers) => {
    expect(await offeredTo({ ...host, ...headers })).toBe(0);
  });

  it('over HTTP/1.0 or by a whole address, as proxies ask', async () => {
    const own = `Host: 127.0.0.1:${port}\r\nConnection: close`;
    const offer = async (line: string): Promise<boolean> =>
      (await said(`${line}\r\n${own}\r\n\r\n`)).includes('administrator');
    expect(await offer(`GET ${PATH} HTTP/1.1`)).toBe(true);
    expect(await offer(`GET ${PATH} HTTP/1.0`)).toBe(false);
    expect(await offer(`GET http://127.0.0.1:${port}${PATH} HTTP/1.1`)).toBe(false);
  });

  it('with two Host headers, or none', async () => {
    for (const lines of [
      `Host: evil.example\r\nHost: 127.0.0.1:${port}`,
      `Host: 127.0.0.1:${port}\r\nHost: evil.example`,
      'X: y',
    ]) {
      const text = await said(`GET ${PATH} HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`);
      expect(text).not.toContain('administrator');
    }
  });

  it('unless the installation offers it, which it does not by itself', async () => {
    for (const offered of [undefined, false]) {
      const other = await serve(offered);
      expect(await offeredTo({ host: `localhost:${other}` }, { port: other })).toBe(0);
    }
  });

  it('on a server that listens everywhere, from this machine as well', async () => {
    const other = await serve(true, '0.0.0.0');
    expect(await offeredTo({ host: `localhost:${other}` }, { port: other })).toBe(0);
  });

  it('as anybody who is not one of the six', async () => {
    const api = must(apis[0], 'the API');
    const { address } = { address: `http://127.0.0.1:${port}${PATH}` };
    expect(api.server.listening).toBe(true);
    for (const login of ['root', 'operator3', '', 7, null]) {
      const reply = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login }),
      });
      expect(reply.status).toBe(400);
    }
  });

  it('in a region that is not the demo, or is not finished, or is not alone', async () => {
    const mark = (settings: object) =>
      withScope(base.owner, { region: 'eao' }, (tx) =>
        tx
          .updateTable('region')
          .set({ settings: JSON.stringify(settings) })
          .execute(),
      );
    for (const settings of [{}, { demo: 'unfinished' }, { demo: true }]) {
      await mark(settings);
      expect(await offeredTo(host)).toBe(0);
    }
    await mark({ demo: 'ready' });
    expect(await offeredTo(host)).toBe(6);
    await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
    expect(await offeredTo(host)).toBe(0);
  });
});

describe('an installation offers it', () => {
  const local = { host: '127.0.0.1', publicUrl: null, trustProxy: null };
  it.each([
    [local, true],
    [{ ...local, host: 'localhost' }, true],
    [{ ...local, host: '::1' }, true],
    [{ ...local, host: '0.0.0.0' }, false],
    [{ ...local, host: '::' }, false],
    [{ ...local, host: '192.168.0.7' }, false],
    [{ ...local, host: 'pult.example' }, false],
    [{ ...local, host: '127.0.0.1.evil.example' }, false],
    [{ ...local, publicUrl: 'https://pult.example' }, false],
    [{ ...local, trustProxy: '127.0.0.1' }, false],
  ])('%j: %s', (options, isOffered) => {
    expect(isDemoOffered(options)).toBe(isOffered);
  });
});

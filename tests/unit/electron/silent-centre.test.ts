import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createForwarder } from '#electron/api/forward.ts';
import type { Credentials } from '#electron/session/credentials.ts';
import { holdDevice } from '#electron/session/device-holder.ts';
import { holdTicket } from '#electron/session/ticket-holder.ts';
import { BrowserSignIn } from '#electron/sign-in/browser-sign-in.ts';
import { SHELL_SESSION_PATH, SHELL_SIGN_IN_PATH, type ShellWait } from '#shared/protocol/shell-sign-in.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const folder = temporaryFolder('silent-centre');
/** The paths at which the centre says nothing, and those at which it stops after the first letters. */
const silent = new Set<string>();
const halfway = new Set<string>();
let begun: ShellWait | null = null;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  const path = request.url ?? '';
  if (silent.has(path)) return;
  if (path === SHELL_SIGN_IN_PATH) begun = JSON.parse(body) as ShellWait;
  response.setHeader('content-type', 'application/json');
  const url = `${centre}${SHELL_SIGN_IN_PATH}?ticket=t`;
  if (halfway.has(path)) response.write('{"url"');
  else response.end(JSON.stringify({ url, mark: '4821' }));
}
const server = createServer((request, response) => void answer(request, response));
let centre = '';
let signIn: BrowserSignIn;
/** Long, unless the test is about waiting in vain. */
const waits = { answerMs: 60_000 };

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  centre = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const nothing: Credentials = {
    keeping: () => 'kept',
    read: async () => null,
    keep: async () => undefined,
    forget: () => undefined,
  };
  const forward = createForwarder({
    fetch: (url, init) => fetch(url, init),
    addresses: () => [centre],
    tickets: await holdTicket(nothing, Date.now, log),
    device: holdDevice(join(folder, 'device.json'), log),
    log,
  });
  signIn = new BrowserSignIn({
    forward,
    addresses: () => [centre],
    open: async () => undefined,
    language: () => 'ru',
    page: () => 'Вернитесь в Пульт',
    log,
    get answerMs() {
      return waits.answerMs;
    },
  });
});
afterEach(() => {
  signIn.cancel();
  silent.clear();
  halfway.clear();
  waits.answerMs = 60_000;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

it.each([
  ['says nothing', silent],
  ['stops half-way', halfway],
])(
  'a centre that %s at the start is told as one that is away, and the next try goes through',
  async (_, paths) => {
    paths.add(SHELL_SIGN_IN_PATH);
    waits.answerMs = 50;
    expect(await signIn.begin('eao')).toEqual({ kind: 'unreachable' });
    paths.clear();
    waits.answerMs = 60_000;
    expect(await signIn.begin('eao')).toEqual({ kind: 'begun', mark: '4821' });
  },
);

it('a centre that falls silent before it changes the code is told as one that is away', async () => {
  silent.add(SHELL_SESSION_PATH);
  expect(await signIn.begin('eao')).toEqual({ kind: 'begun', mark: '4821' });
  waits.answerMs = 50;
  const end = signIn.end();
  const { port, path, state } = begun as ShellWait;
  const code = 'c'.repeat(43);
  await fetch(`http://127.0.0.1:${port}/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ state, code }),
  });
  expect(await end).toEqual({ kind: 'unreachable' });
  silent.clear();
  waits.answerMs = 60_000;
  expect(await signIn.begin('eao')).toEqual({ kind: 'begun', mark: '4821' });
});

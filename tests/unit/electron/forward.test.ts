import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createForwarder } from '#electron/api/forward.ts';
import type { Ticket } from '#electron/session/credentials.ts';
import { holdDevice } from '#electron/session/device-holder.ts';
import { holdTicket } from '#electron/session/ticket-holder.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const session = {
  account: { id: 'a', login: 'operator', displayName: 'О', role: 'operator', agency: null },
  region: { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' },
  expiresAt: 2000,
};
const TOKEN = 'тайна-тайна-тайна';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const folder = temporaryFolder('devices');
let shells = 0;
afterAll(() => rmSync(folder, { recursive: true }));

async function shell(
  answer: (url: string) => Response | Promise<Response>,
  addresses = ['https://api.example'],
  device = holdDevice(join(folder, `${(shells += 1)}.json`), log),
) {
  const requests: { url: string; init: RequestInit }[] = [];
  let kept: Ticket | null = null;
  const tickets = await holdTicket(
    {
      keeping: () => 'kept',
      read: async () => null,
      keep: async (ticket) => void (kept = ticket),
      forget: () => void (kept = null),
    },
    () => 1000,
    log,
  );
  const forward = createForwarder({
    fetch: async (url, init = {}) => {
      requests.push({ url, init });
      return answer(url);
    },
    addresses: () => addresses,
    tickets,
    device,
    log,
  });
  return { forward, requests, kept: () => kept, tickets };
}

const login = () =>
  new Request('https://app.invalid/api/v1/session', {
    method: 'POST',
    body: JSON.stringify({ login: 'operator', password: 'p' }),
    headers: { 'content-type': 'application/json' },
  });
const tokenOf = (init: RequestInit | undefined) => new Headers(init?.headers).get('authorization');

test('a login without a password, of the demo region, is a login: its token stays here as well', async () => {
  const { forward, requests, kept } = await shell(() => Response.json({ ...session, token: 'token-1' }));
  const request = (login: string) =>
    new Request('https://app.invalid/api/v1/session/demo', {
      method: 'POST',
      body: JSON.stringify({ login }),
    });
  expect(await (await forward(request('observer'))).json()).toEqual(session);
  expect(JSON.parse(requests[0]?.init.body as string)).toEqual({ login: 'observer', token: true });
  expect(kept()).toMatchObject({ token: 'token-1' });
  expect((await forward(request('root'))).status).toBe(400);
  expect(requests).toHaveLength(1);
});

test('the token is taken off the answer and put on the requests that follow', async () => {
  const { forward, requests, kept } = await shell(() => Response.json({ ...session, token: 'token-1' }));
  const answer = await forward(login());
  expect(await answer.json()).toEqual(session);
  expect(JSON.parse(requests[0]?.init.body as string)).toMatchObject({ token: true });
  expect(kept()).toMatchObject({ token: 'token-1' });
  await forward(new Request('https://app.invalid/api/v1/sync/digest'));
  expect(requests[1]?.url).toBe('https://api.example/api/v1/sync/digest');
  expect(requests[1]?.init).toMatchObject({ redirect: 'error', credentials: 'omit' });
  expect(tokenOf(requests[1]?.init)).toBe('Bearer token-1');
});

test('a token goes to the address that gave it and to no other', async () => {
  const addresses = ['https://api.example'];
  const { forward, requests } = await shell(() => Response.json({ ...session, token: 'token-1' }), addresses);
  await forward(login());
  addresses[0] = 'https://other.example';
  await forward(new Request('https://app.invalid/api/v1/sync/digest'));
  expect(requests[1]?.url).toContain('other.example');
  expect(tokenOf(requests[1]?.init)).toBeNull();
});

test('the device is known to the centre again after a restart and a logout, and to no other address', async () => {
  const path = join(folder, 'profile', 'device.json');
  const addresses = ['https://api.example'];
  const answer = () => Response.json({ ...session, token: 'token-1', device: 'device-1' });
  const first = await shell(answer, addresses, holdDevice(path, log));
  expect(await (await first.forward(login())).json()).toEqual(session);
  await first.forward(new Request('https://app.invalid/api/v1/session', { method: 'DELETE' }));
  const again = await shell(answer, addresses, holdDevice(path, log));
  await again.forward(login());
  addresses[0] = 'https://other.example';
  await again.forward(login());
  const bodies = [...first.requests, ...again.requests].filter(({ init }) => typeof init.body === 'string');
  expect(bodies.map(({ init }) => JSON.parse(init.body as string).device)).toEqual([
    undefined,
    'device-1',
    undefined,
  ]);
});

test('a page can neither send a token or a cookie of its own nor read one', async () => {
  const { forward, requests } = await shell(
    () => new Response('x', { headers: { 'set-cookie': TOKEN.length.toString(), authorization: 'x' } }),
  );
  const headers = { authorization: 'Bearer forged', 'x-forwarded-for': '1.1.1.1', 'pult-account': 'eao:1' };
  const answer = await forward(new Request('https://app.invalid/api/v1/x', { headers }));
  expect(tokenOf(requests[0]?.init)).toBeNull();
  expect(new Headers(requests[0]?.init.headers).get('x-forwarded-for')).toBeNull();
  // For whose session it is meant, the centre must know.
  expect(new Headers(requests[0]?.init.headers).get('pult-account')).toBe('eao:1');
  expect([...answer.headers.keys()]).toEqual(['content-type']);
});

test('logging out drops the token even when nobody answers', async () => {
  let isDown = false;
  const { forward, tickets, kept } = await shell(() => {
    if (isDown) throw new TypeError('net::ERR_INTERNET_DISCONNECTED');
    return Response.json({ ...session, token: 'token-1' });
  });
  await forward(login());
  isDown = true;
  const answer = await forward(new Request('https://app.invalid/api/v1/session', { method: 'DELETE' }));
  expect(answer.type).toBe('error');
  expect(tickets.tokenFor('https://api.example')).toBeNull();
  expect(kept()).toBeNull();
});

test('when an address is down the next request goes to another one', async () => {
  const { forward, requests } = await shell(
    (url) => new Response(null, { status: url.startsWith('https://a.') ? 503 : 204 }),
    ['https://a.example', 'https://b.example'],
  );
  await forward(new Request('https://app.invalid/api/v1/x'));
  const answer = await forward(new Request('https://app.invalid/api/v1/x'));
  expect(answer.status).toBe(204);
  expect(requests.map(({ url }) => new URL(url).host)).toEqual(['a.example', 'b.example']);
});

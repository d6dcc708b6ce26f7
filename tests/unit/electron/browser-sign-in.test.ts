import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { BrowserSignIn } from '#electron/sign-in/browser-sign-in.ts';
import { ownDoor } from '#electron/sign-in/own-door.ts';

const CENTRE = 'https://pult.example';
const DOOR = `${CENTRE}/api/v1/sign-in/shell?ticket=t`;
const CODE = 'c'.repeat(43);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const refusal = (kind: string, init: ResponseInit) =>
  Response.json({ error: { kind, message: 'no', requestId: 'r' } }, init);

interface Start {
  readonly challenge: string;
  readonly port: number;
  readonly path: string;
  readonly state: string;
}

let signIn: BrowserSignIn;
afterEach(() => signIn.cancel());

/** A shell whose centre answers so; by default it lets in. */
function shell({
  start = () => Response.json({ url: DOOR, mark: '4821' }),
  session = () => Response.json({}),
  open = async (): Promise<void> => undefined,
  patienceMs = 60_000,
} = {}) {
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  const opened: string[] = [];
  signIn = new BrowserSignIn({
    forward: async (request) => {
      const { pathname } = new URL(request.url);
      asked.push({ path: pathname, body: (await request.json()) as Record<string, unknown> });
      return pathname.endsWith('/session') ? session() : start();
    },
    addresses: () => [CENTRE],
    open: async (address) => {
      await open();
      opened.push(address);
    },
    language: () => 'ru',
    page: () => 'Вернитесь в Пульт',
    log,
    patienceMs,
  });
  const started = (n = 0) => must(asked[n], 'a start').body as unknown as Start;
  return { asked, opened, started };
}

/** The browser's last page: the answer's status, or null where there is none. */
const handOver = ({ port, path, state }: Start, fields: object = { code: CODE }) =>
  fetch(`http://127.0.0.1:${port}/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ state, ...fields }),
  }).then(
    ({ status }) => status,
    () => null,
  );

it('opens the centre’s door, and changes the code with the verifier that it kept', async () => {
  const { asked, opened, started } = shell();
  expect(await signIn.begin('eao')).toEqual({ kind: 'begun', mark: '4821' });
  expect(opened).toEqual([DOOR]);
  const end = signIn.end();
  expect(await handOver(started())).toBe(200);
  expect(await end).toEqual({ kind: 'in' });
  const { region, code, verifier } = must(asked[1], 'a change').body;
  expect({ region, code }).toEqual({ region: 'eao', code: CODE });
  const challenge = createHash('sha256').update(String(verifier)).digest('base64url');
  expect(challenge).toBe(started().challenge);
  expect(JSON.stringify([asked[0], opened])).not.toContain(String(verifier));
  expect(await handOver(started())).toBeNull();
});

it('nothing stays open after a cancel, the time, or a newer one', async () => {
  const { asked, started } = shell();
  await signIn.begin('eao');
  const first = signIn.end();
  signIn.cancel();
  expect(await first).toEqual({ kind: 'cancelled' });
  expect(await handOver(started())).toBeNull();
  await signIn.begin('eao');
  const second = signIn.end();
  await signIn.begin('eao');
  expect(await second).toEqual({ kind: 'cancelled' });
  expect(await handOver(started(1))).toBeNull();
  // What belongs to the one before opens nothing at the one that stands.
  expect(await handOver({ ...started(2), state: started(1).state })).toBeNull();
  expect(await handOver({ ...started(2), path: started(1).path })).toBeNull();
  const third = signIn.end();
  expect(await handOver(started(2))).toBe(200);
  expect(await third).toEqual({ kind: 'in' });
  expect(asked.filter(({ path }) => path.endsWith('/session'))).toHaveLength(1);
  const late = shell({ patienceMs: 1 });
  await signIn.begin('eao');
  expect(await signIn.end()).toEqual({ kind: expect.stringMatching(/late|cancelled/) });
  expect(await handOver(late.started())).toBeNull();
});

it('asked twice for the end it changes the code once', async () => {
  const { asked, started } = shell();
  await signIn.begin('eao');
  const ends = [signIn.end(), signIn.end()];
  await handOver(started());
  expect(await Promise.all(ends)).toEqual([{ kind: 'in' }, { kind: 'cancelled' }]);
  expect(asked).toHaveLength(2);
});

it('a refusal at the start opens no browser, and each has its name', async () => {
  const down = shell({ start: () => refusal('sign_in_unreachable', { status: 502 }) });
  const refused = { kind: 'refused', error: 'sign_in_unreachable', retryAfterSeconds: null };
  expect(await signIn.begin('eao')).toEqual(refused);
  expect(await handOver(down.started())).toBeNull();
  const away = shell({ start: () => Response.error() });
  expect(await signIn.begin('eao')).toEqual({ kind: 'unreachable' });
  shell({ open: async () => Promise.reject(new Error('no browser')) });
  expect(await signIn.begin('eao')).toEqual({ kind: 'no_browser' });
  expect([...down.opened, ...away.opened]).toEqual([]);
  expect(await signIn.end()).toEqual({ kind: 'cancelled' });
});

it('a refusal at the end is told by its name', async () => {
  const headers = { 'retry-after': '120' };
  const { started } = shell({ session: () => refusal('rate_limited', { status: 429, headers }) });
  await signIn.begin('eao');
  const end = signIn.end();
  await handOver(started());
  expect(await end).toEqual({ kind: 'refused', error: 'rate_limited', retryAfterSeconds: 120 });
  const { started: again } = shell();
  await signIn.begin('eao');
  const refused = signIn.end();
  await handOver(again(), { refusal: 'sign_in_cancelled' });
  expect(await refused).toEqual({ kind: 'refused', error: 'sign_in_cancelled', retryAfterSeconds: null });
});

it('whoever turns round while the centre is asked sees no browser', async () => {
  const asking = Promise.withResolvers<Response>();
  const { opened } = shell({ start: () => asking.promise as unknown as Response });
  const begun = signIn.begin('eao');
  await new Promise((done) => setImmediate(done));
  signIn.cancel();
  asking.resolve(Response.json({ url: DOOR, mark: '4821' }));
  expect(await begun).toEqual({ kind: 'cancelled' });
  expect(opened).toEqual([]);
});

it.each([
  ['https://pult.example/api/v1/sign-in/shell?ticket=t', 'ours'],
  ['https://pult.example:443/api/v1/sign-in/shell?ticket=t', 'ours'],
  ['http://127.0.0.1:8080/api/v1/sign-in/shell?ticket=t', 'ours'],
  ['http://pult.lan/api/v1/sign-in/shell?ticket=t', 'open_door'],
  ['https://pult.example.evil.example/api/v1/sign-in/shell?ticket=t', 'foreign_door'],
  ['https://evil.example/api/v1/sign-in/shell?next=https://pult.example', 'foreign_door'],
  ['https://pult.example@evil.example/api/v1/sign-in/shell', 'foreign_door'],
  ['https://evil@pult.example/api/v1/sign-in/shell', 'foreign_door'],
  ['http://pult.example/api/v1/sign-in/shell?ticket=t', 'foreign_door'],
  ['https://pult.example:8443/api/v1/sign-in/shell', 'foreign_door'],
  ['https://pult.example/api/v1/sign-in/shell/../../../../download.exe', 'foreign_door'],
  ['https://pult.example/', 'foreign_door'],
  ['http://127.0.0.1:9/api/v1/sign-in/shell', 'foreign_door'],
  ['file:///etc/passwd', 'foreign_door'],
  ['app://pult/api/v1/sign-in/shell', 'foreign_door'],
  ['javascript:alert(1)', 'foreign_door'],
  ['ms-msdt:/id', 'foreign_door'],
  ['', 'foreign_door'],
])('the address %s is %s', async (url, kind) => {
  const addresses = [CENTRE, 'http://127.0.0.1:8080', 'http://pult.lan'];
  expect(ownDoor(url, addresses).kind).toBe(kind);
});

it('opens no address of others, whatever the centre answers', async () => {
  const { opened, started } = shell({
    start: () => Response.json({ url: 'https://evil.example/api/v1/sign-in/shell', mark: '0000' }),
  });
  expect(await signIn.begin('eao')).toEqual({ kind: 'foreign_door' });
  expect(opened).toEqual([]);
  expect(await handOver(started())).toBeNull();
});

import { connect } from 'node:net';
import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { openLoopback, type Loopback } from '#electron/sign-in/loopback.ts';

const PATH = 'p'.repeat(43);
const STATE = 's'.repeat(43);
const CODE = 'c'.repeat(43);
const PAGE = 'Вернитесь в Пульт';
const GOOD = new URLSearchParams({ state: STATE, code: CODE }).toString();
let door: Loopback;

afterEach(() => door.close());

interface Knock {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly type?: string;
  readonly body?: string;
  readonly address?: string;
}

/** Knocks; gives the answer's body, or null where the line was cut without one. */
const knock = ({ method = 'POST', path = `/${PATH}`, body = GOOD, ...rest }: Knock = {}) =>
  new Promise<string | null>((done) => {
    const { host = `127.0.0.1:${door.port}`, type = 'application/x-www-form-urlencoded' } = rest;
    const headers = { host, 'content-type': type, 'content-length': String(Buffer.byteLength(body)) };
    const { address = '127.0.0.1' } = rest;
    const call = request({ host: address, port: door.port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => done(text)).on('error', () => done(null));
    });
    call.on('error', () => done(null)).end(method === 'GET' || method === 'HEAD' ? '' : body);
  });

const open = async (): Promise<void> => {
  door = await openLoopback({ path: PATH, state: STATE, page: PAGE });
};

it('hands over what fits, shows the page, and is closed from then on', async () => {
  await open();
  expect(await knock()).toBe(PAGE);
  expect(await door.handed).toEqual({ state: STATE, code: CODE });
  expect(await knock()).toBeNull();
});

it('hands over a refusal by its name, and no name that is none', async () => {
  await open();
  const refused = (refusal: string) => new URLSearchParams({ state: STATE, refusal }).toString();
  expect(await knock({ body: refused('sign_in_king') })).toBeNull();
  expect(await knock({ body: refused('sign_in_no_group') })).toBe(PAGE);
  expect(await door.handed).toEqual({ state: STATE, refusal: 'sign_in_no_group' });
});

it.each<[string, Knock]>([
  ['another path, as a page that guesses the port would', { path: '/' }],
  ['a path that goes on', { path: `/${PATH}/x` }],
  ['a question behind the path', { path: `/${PATH}?code=${CODE}&state=${STATE}` }],
  ['a whole address instead of a path', { path: `http://127.0.0.1/${PATH}` }],
  ['GET', { method: 'GET' }],
  ['OPTIONS, as a page of another site would ask first', { method: 'OPTIONS' }],
  ['a name that somebody gave to this address', { host: 'rebound.example' }],
  ['such a name with the port', { host: 'rebound.example:1' }],
  ['the name localhost', { host: 'localhost' }],
  ['no port in Host', { host: '127.0.0.1' }],
  ['JSON', { type: 'application/json', body: JSON.stringify({ state: STATE, code: CODE }) }],
  ['somebody else’s state', { body: new URLSearchParams({ state: 'x'.repeat(43), code: CODE }).toString() }],
  [
    'a state of other letters',
    { body: new URLSearchParams({ state: 'ы'.repeat(43), code: CODE }).toString() },
  ],
  ['no state', { body: `code=${CODE}` }],
  ['a field twice', { body: `${GOOD}&code=${CODE}` }],
  ['a field too many', { body: `${GOOD}&refusal=sign_in_state` }],
  ['no code', { body: `state=${STATE}&code=` }],
  ['a body without end', { body: `${GOOD}&${'x'.repeat(100_000)}` }],
])('answers nothing to %s, and stays open for what fits', async (_what, wrong) => {
  await open();
  expect(await knock(wrong)).toBeNull();
  expect(await knock()).toBe(PAGE);
});

it('answers nothing to what is no HTTP, and to two names at once', async () => {
  await open();
  const say = (words: string) =>
    new Promise<string>((done) => {
      let heard = '';
      const line = connect(door.port, '127.0.0.1', () => line.write(words));
      line.on('data', (part) => (heard += String(part))).on('error', () => undefined);
      line.on('close', () => done(heard));
    });
  expect(await say('\u0016\u0003\u0001 hello\r\n\r\n')).toBe('');
  const host = `host: 127.0.0.1:${door.port}\r\n`;
  const length = `content-length: ${GOOD.length}`;
  const rest = `content-type: application/x-www-form-urlencoded\r\n${length}\r\n\r\n${GOOD}`;
  expect(await say(`POST /${PATH} HTTP/1.1\r\n${host}host: rebound.example\r\n${rest}`)).toBe('');
  expect(await knock()).toBe(PAGE);
});

it('listens on this machine’s own address alone', async () => {
  await open();
  expect(await knock({ address: '127.0.0.2' })).toBeNull();
});

it('of two that fit at once one is taken', async () => {
  await open();
  const answers = await Promise.all([knock(), knock()]);
  expect(answers.filter((answer) => answer === PAGE)).toHaveLength(1);
});

it('closed before anybody came it hands over nothing and answers nobody', async () => {
  await open();
  door.close();
  expect(await door.handed).toBeNull();
  expect(await knock()).toBeNull();
});

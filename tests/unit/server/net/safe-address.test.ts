import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNetwork, isPublicAddress, safeTarget, UnsafeAddress } from '#server/net/safe-address.ts';
import { AnswerTooLarge } from '#server/net/read-body.ts';
import { safeRequest } from '#server/net/safe-request.ts';

/** The reason a URL is refused for, or the address it would be called at. */
async function judge(url: string, resolved: readonly string[] = [], allowed: string[] = []): Promise<string> {
  try {
    return (await safeTarget(url, allowed, async () => resolved)).address;
  } catch (error) {
    return error instanceof UnsafeAddress ? error.reason : String(error);
  }
}

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a00:1',
    '::ffff:0:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '100::1',
    '3fff::1',
    'localhost',
    '',
    '1.2.3',
    '1.2.3.4.5',
  ])('%s is none of the open internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '87.240.132.72', '172.32.0.1', '100.128.0.1', '2a00:1450::1', '2600::1'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ['10.0.0.0/8', true],
    ['fd00::/8', true],
    ['10.0.0.0', false],
    ['10.0.0.0/33', false],
    ['x/8', false],
    ['10.0.0.0/8/8', false],
    ['10.0.0.0/-1', false],
  ])('%s is a network: %s', (text, expected) => {
    expect(isNetwork(text)).toBe(expected);
  });
});

describe('where a URL leads', () => {
  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:a00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://①②⑦.0.0.1/',
    'https://127.0.0.1./',
  ])('%s is refused without asking for a name', async (url) => {
    expect(await judge(url, ['8.8.8.8'])).toBe('private_address');
  });

  test.each([
    [['10.0.0.1'], 'private_address'],
    [['8.8.8.8', '10.0.0.1'], 'private_address'],
    [['2a00:1450::1', '::ffff:192.168.0.1'], 'private_address'],
    [['2a00:1450::1', 'fe80::1'], 'private_address'],
    [[], 'unresolved'],
    [['8.8.8.8'], '8.8.8.8'],
    [['2a00:1450::1', '8.8.8.8'], '2a00:1450::1'],
  ])('a name that resolves to %j: %s', async (resolved, expected) => {
    expect(await judge('https://partner.example/hook', resolved)).toBe(expected);
  });

  test.each([
    ['ftp://partner.example/', 'bad_url'],
    ['file:///etc/passwd', 'bad_url'],
    ['https://user:word@partner.example/', 'bad_url'],
    ['not a url', 'bad_url'],
    ['http://partner.example/', 'not_encrypted'],
  ])('%s: %s', async (url, expected) => {
    expect(await judge(url, ['8.8.8.8'])).toBe(expected);
  });

  test('a closed network may be allowed, and only that one', async () => {
    const allowed = ['10.20.0.0/16', 'fd00::/8'];
    expect(await judge('http://gate.local/', ['10.20.3.4'], allowed)).toBe('10.20.3.4');
    expect(await judge('http://gate.local/', ['fd00::5'], allowed)).toBe('fd00::5');
    expect(await judge('http://gate.local/', ['10.21.0.1'], allowed)).toBe('private_address');
    expect(await judge('http://gate.local/', ['10.20.3.4', '8.8.8.8'], allowed)).toBe('not_encrypted');
    expect(await judge('https://169.254.169.254/', [], allowed)).toBe('private_address');
  });
});

describe('calls', () => {
  let server: Server;
  let port: number;
  const seen: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.headers.host}${request.url}`);
      if (request.url === '/away') response.writeHead(302, { location: '/stolen' });
      response.end(request.url === '/long' ? 'x'.repeat(5000) : 'here');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(() => new Promise((done) => server.close(done)));

  const call = (path: string, change: object = {}) =>
    safeRequest({
      url: `http://gate.test:${port}${path}`,
      allowed: ['127.0.0.0/8'],
      timeoutMs: 5000,
      maxBytes: 1000,
      resolve: async () => ['127.0.0.1'],
      ...change,
    });

  test('go to the address that was judged, under the name that was given', async () => {
    const { status, body } = await call('/x', { method: 'POST', body: 'тело' });
    expect([status, body.toString(), seen.at(-1)]).toEqual([200, 'here', `POST gate.test:${port}/x`]);
  });

  test('do not follow a redirect', async () => {
    expect((await call('/away')).status).toBe(302);
    expect(seen.at(-1)).toContain('/away');
  });

  test('ask for the name once, so a second answer changes nothing', async () => {
    const answers = [['127.0.0.1'], ['10.255.255.1']];
    let lookups = 0;
    const resolve = async (): Promise<string[]> => answers[lookups++] ?? [];
    expect((await call('/rebound', { resolve })).body.toString()).toBe('here');
    expect(lookups).toBe(1);
    await expect(call('/rebound', { resolve })).rejects.toThrow('private_address');
  });

  test('stop reading what is too long', async () => {
    await expect(call('/long')).rejects.toBeInstanceOf(AnswerTooLarge);
  });

  test('are not made at all to an address that is not allowed', async () => {
    const before = seen.length;
    await expect(call('/x', { allowed: [] })).rejects.toThrow('private_address');
    expect(seen).toHaveLength(before);
  });
});

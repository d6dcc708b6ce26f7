import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchPhoto, inspectPhoto } from '#server/media/fetch-photo.ts';
import { png } from '#tests/helpers/png.ts';

let server: Server;
let base: string;
let calls: string[] = [];

const PAGES: Readonly<Record<string, (answer: ServerResponse) => void>> = {
  '/photo': (answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).end(png(40, 30)),
  '/moved': (answer) => void answer.writeHead(302, { location: '/photo' }).end(),
  '/inside': (answer) => void answer.writeHead(302, { location: 'http://10.0.0.1/secret' }).end(),
  '/metadata': (answer) =>
    void answer.writeHead(307, { location: 'http://[::ffff:169.254.169.254]/latest' }).end(),
  '/file': (answer) => void answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/round': (answer) => void answer.writeHead(302, { location: '/round' }).end(),
  '/page': (answer) => void answer.writeHead(200, { 'content-type': 'image/png' }).end('<html><script>'),
  '/broken': (answer) => void answer.writeHead(503).end(),
  '/svg': (answer) =>
    void answer
      .writeHead(200)
      .end('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>'),
  '/bomb': (answer) => void answer.writeHead(200, { 'content-type': 'image/png' }).end(png(50_000, 50_000)),
  '/endless': (answer) => {
    answer.writeHead(200, { 'content-type': 'image/png' });
    const more = (): void => void (answer.destroyed || answer.write(Buffer.alloc(1024 ** 2), more));
    more();
  },
};

beforeAll(async () => {
  server = createServer((request: IncomingMessage, answer) => {
    const path = request.url ?? '';
    calls.push(path);
    const page = PAGES[path];
    if (page === undefined) answer.writeHead(404).end();
    else page(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const loopback = { allowed: ['127.0.0.0/8'] };
const refusalOf = async (url: string, rules: Parameters<typeof fetchPhoto>[1]): Promise<string> => {
  const fetched = await fetchPhoto(url, rules);
  return fetched.ok ? fetched.photo.type : fetched.refusal;
};

test('takes a photo by its bytes, whatever the other side calls it, and follows a redirect', async () => {
  for (const path of ['/photo', '/moved']) expect(await refusalOf(base + path, loopback)).toBe('image/png');
});

test.each([
  'http://127.0.0.1/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://017700000001/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fd00::1]/',
  'https://169.254.169.254/latest/meta-data',
  'https://10.1.2.3/',
  'https://user:password@vk.com/',
  'file:///etc/passwd',
  'ftp://vk.com/photo.png',
  'data:image/png;base64,AAAA',
  'не адрес',
])('never calls %s', async (url) => {
  calls = [];
  expect(await refusalOf(url, { allowed: [] })).toBe('unsafe');
  expect(calls).toEqual([]);
});

test('a name of which one address is private is not called, and one that changes its mind gains nothing', async () => {
  const both = { allowed: [], resolve: async () => ['93.184.215.14', '10.0.0.1'] };
  expect(await refusalOf('https://photos.example/1', both)).toBe('unsafe');
  let lookups = 0;
  const rebinding = {
    ...loopback,
    resolve: async () => {
      lookups += 1;
      return [lookups === 1 ? '127.0.0.1' : '10.0.0.1'];
    },
  };
  const port = new URL(base).port;
  expect(await refusalOf(`http://photos.example:${port}/photo`, rebinding)).toBe('image/png');
  expect(lookups).toBe(1);
  lookups = 0;
  // A redirect is judged anew: now the name leads inside.
  expect(await refusalOf(`http://photos.example:${port}/moved`, rebinding)).toBe('unsafe');
});

test('a redirect is judged like an address of its own, and does not go round for ever', async () => {
  for (const path of ['/inside', '/metadata', '/file'])
    expect(await refusalOf(base + path, loopback)).toBe('unsafe');
  calls = [];
  expect(await refusalOf(`${base}/round`, loopback)).toBe('gone');
  expect(calls).toHaveLength(4);
});

test('what is no photo, too large, or declares more pixels than it should is not handed on', async () => {
  expect(await refusalOf(`${base}/page`, loopback)).toBe('not_a_photo');
  expect(await refusalOf(`${base}/svg`, loopback)).toBe('not_a_photo');
  expect(await refusalOf(`${base}/bomb`, loopback)).toBe('bomb');
  expect(await refusalOf(`${base}/endless`, loopback)).toBe('too_large');
  expect(await refusalOf(`${base}/missing`, loopback)).toBe('gone');
  expect(await refusalOf(`${base}/broken`, loopback)).toBe('unreachable');
  expect(await refusalOf('http://127.0.0.1:1/photo', loopback)).toBe('unreachable');
  expect(inspectPhoto(png(40_000, 10))).toEqual({ ok: false, refusal: 'bomb' });
  expect(inspectPhoto(png(0, 10))).toEqual({ ok: false, refusal: 'not_a_photo' });
  expect(inspectPhoto(Buffer.alloc(0))).toEqual({ ok: false, refusal: 'not_a_photo' });
  expect(inspectPhoto(png(40, 30).subarray(0, 12))).toEqual({ ok: false, refusal: 'not_a_photo' });
});

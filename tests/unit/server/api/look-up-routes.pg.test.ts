import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookUpSchema, type LookUp } from '#shared/protocol/look-up.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { makeChannels, type Channels } from '#server/channels/channels.ts';
import { FakeVkReading } from '#tests/fakes/vk-reading.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { syncDatabase } from '#tests/helpers/sync-region.ts';
import { bearer, TEST_PASSWORD, tokenOf } from '#tests/helpers/test-api.ts';

const READ_TOKEN = 'vk1.reading-token';

let base: FreshDatabase;
let api: Api;
let fake: FakeVkReading;
let channels: Channels;
let token: string;

beforeAll(async () => {
  base = await syncDatabase();
  fake = new FakeVkReading(READ_TOKEN);
  channels = makeChannels({ db: base.db, now: Date.now, key: randomBytes(32), publicUrl: null });
  api = await buildApp({
    db: base.db,
    channels,
    now: Date.now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: () => undefined },
    logLevel: 'silent',
  });
  for (const role of ['operator', 'observer'] as const) {
    const account = { login: role, displayName: role, role, agency: null, password: TEST_PASSWORD };
    await createAccount(base.db, 'eao', account, Date.now());
  }
  token = await tokenOf(api, 'operator');
});

afterAll(async () => {
  await fake.stop();
  await api.close();
  await base.stop();
});

async function ask(url: string, as = token): Promise<LookUp | number> {
  const answer = await api.inject({
    method: 'POST',
    url: '/api/v1/look-up',
    headers: bearer(as),
    payload: { url },
  });
  return answer.statusCode === 200 ? lookUpSchema.parse(answer.json()) : answer.statusCode;
}

test('without a page to read by it says so; other networks and other addresses are told apart', async () => {
  await fake.start().then((baseUrl) =>
    channels.pages
      .add('eao', {
        network: 'vk',
        name: 'Без ключа для чтения',
        baseUrl,
        certificate: null,
        pageId: '778',
        agency: null,
        token: 'vk1.community',
        readToken: null,
        secret: 'a-secret-of-ours',
        confirmation: 'c0nf1rm',
        watch: [],
        reception: 'callback',
        rules: { stop: [], ignore: [], off: [] },
      })
      .then(() => (gateway = baseUrl)),
  );
  expect(await ask('https://vk.com/wall-777_5')).toEqual({ failure: 'no_page' });
  expect(await ask('https://ok.ru/group/1/topic/2')).toEqual({ failure: 'no_page' });
  expect(await ask('https://dzen.ru/a/abc')).toEqual({ failure: 'not_a_message' });
  expect(await ask('https://vk.com/mayor')).toEqual({ failure: 'not_a_message' });
  expect(await ask('http://127.0.0.1/wall-777_5')).toEqual({ failure: 'not_a_message' });
  expect(await ask('')).toBe(400);
  expect(await ask('https://vk.com/wall-777_5', await tokenOf(api, 'observer'))).toBe(403);
  expect(fake.calls).toEqual([]);
});

let gateway = '';

test('a page with a reading token gives text, author and moment, whoever’s wall it is', async () => {
  await channels.pages.add('eao', {
    network: 'vk',
    name: 'ЦУР',
    baseUrl: gateway,
    certificate: null,
    pageId: '777',
    agency: null,
    token: 'vk1.community',
    readToken: READ_TOKEN,
    secret: 'a-secret-of-ours',
    confirmation: 'c0nf1rm',
    watch: [],
    reception: 'callback',
    rules: { stop: [], ignore: [], off: [] },
  });
  const date = 1_700_000_000;
  fake.items.set('-777_5', { id: 5, from_id: -777, date, text: 'Запись', attachments: [{ type: 'photo' }] });
  fake.items.set('-888:98211023614189660', { id: 1, from_id: 10, date, text: 'Яма 🕳️' });
  fake.items.set('-777:3', { id: 3, from_id: 0, date, text: '', deleted: true });
  fake.items.set('-777:4', { id: 4, from_id: 11, date, text: 'x' });
  expect(await ask('https://vk.com/wall-777_5')).toEqual({
    message: {
      text: 'Запись',
      at: date * 1000,
      author: { name: 'ЦУР области', url: 'https://vk.com/club777' },
      hasMedia: true,
    },
  });
  expect(await ask('vk.com/wall-888_1?reply=98211023614189660')).toEqual({
    message: {
      text: 'Яма 🕳️',
      at: date * 1000,
      author: { name: 'Иван Петров', url: 'https://vk.com/id10' },
      hasMedia: false,
    },
  });
  expect(await ask('https://vk.com/wall-777_5?reply=4')).toMatchObject({
    message: { author: { name: 'id11' } },
  });
  expect(await ask('https://vk.com/wall-777_5?reply=3')).toEqual({ failure: 'not_found' });
  expect(await ask('https://vk.com/wall-777_6')).toEqual({ failure: 'not_found' });
  const failures = [
    [5, 'no_rights'],
    [15, 'no_rights'],
    [29, 'limit_reached'],
    [100, 'not_found'],
  ] as const;
  for (const [code, failure] of failures) {
    fake.failures = [code];
    expect(await ask('https://vk.com/wall-777_5')).toEqual({ failure });
  }
});

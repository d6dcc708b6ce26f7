import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { Reception } from '#shared/protocol/channels.ts';
import type { Api } from '#server/api/api.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import type { Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { pollOnce } from '#server/channels/inbox/polling.ts';
import { readListedPages } from '#server/channels/pages/read-pages.ts';
import { vk } from '#server/channels/networks/vk/vk.ts';
import { withScope } from '#server/store/database.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { freshVk } from '#tests/helpers/vk-channel.ts';
import { VK_CONFIRMATION, VK_GROUP as GROUP, VK_SECRET, VK_TOKENS } from '#tests/helpers/vk-channel.ts';
import { PUBLIC_URL, startRegion, type ChannelRegion } from '#tests/helpers/channel-region.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { exchangeViolations } from '#tests/helpers/vk-schema.ts';

const never = new AbortController().signal;

let region: ChannelRegion;
let base: FreshDatabase;
let api: Api;
let channels: Channels;
let fake: FakeVk;
let baseUrl: string;
/** Violations of VK's own schema in calls and answers of all tests, and how many exchanges there were. */
const strange: string[] = [];
let exchanges = 0;

beforeAll(async () => {
  region = await startRegion();
  ({ base, api, channels } = region);
});

beforeEach(async () => {
  fake = new FakeVk({
    group: GROUP,
    ...VK_TOKENS,
    confirmation: VK_CONFIRMATION,
    dial: async (url, payload) => {
      const answer = await api.inject({
        method: 'POST',
        url: url.slice(PUBLIC_URL.length),
        headers: { 'content-type': 'application/json' },
        payload,
      });
      return { status: answer.statusCode, text: answer.body };
    },
  });
  baseUrl = await fake.start();
});

afterEach(async () => {
  strange.push(...exchangeViolations(fake.exchanges));
  exchanges += fake.exchanges.length;
  await fake.stop();
});

afterAll(async () => {
  await region.stop();
});

async function added(reception: Reception): Promise<Page> {
  const id = await channels.pages.add('eao', freshVk({ baseUrl, reception }));
  return must(await channels.pages.find('eao', id), 'the page');
}

const poll = (page: Page): Promise<boolean> => pollOnce(channels.inbox, page, vk, never);

async function texts({ id }: Page): Promise<string[]> {
  await drain(channels.inbox, 'eao');
  const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('channel_message').select('text').where('channel_id', '=', id).orderBy('key').execute(),
  );
  return rows.map(({ text }) => text);
}

test('a page that nobody can call is asked: its Long Poll is turned on, each event is taken in once', async () => {
  const page = await added('poll');
  expect(fake.longPoll.isEnabled).toBe(false);
  expect(await poll(page)).toBe(true);
  expect(fake.longPoll.isEnabled).toBe(true);
  const check = () => vk.check(page, paceOf(base.db, 'eao'));
  expect(await check()).toEqual([]);
  const tell = (text: string, author: number): void =>
    fake.longPoll.tell('wall_reply_new', fake.comment(5, author, text), `event-${text}`);
  tell('Первое', 10);
  tell('Второе', 11);
  await poll(page);
  expect(await texts(page)).toEqual(['Первое', 'Второе']);
  // A process killed between storing and noting the position is told again.
  await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('channel')
      .set((eb) => ({
        position: eb.fn<string>('replace', ['position', eb.val('"ts":"2"'), eb.val('"ts":"0"')]),
      }))
      .where('id', '=', page.id)
      .execute(),
  );
  await poll(page);
  expect(await texts(page)).toEqual(['Первое', 'Второе']);
  // The key runs out: a new one, and nothing is lost.
  fake.longPoll.expire();
  tell('Третье', 12);
  await poll(page);
  await poll(page);
  expect(await texts(page)).toEqual(['Первое', 'Второе', 'Третье']);
});

test('what the network forgot or lost is passed over, and catching up finds it', async () => {
  const page = await added('poll');
  await poll(page);
  const tell = (text: string, author: number): void =>
    fake.longPoll.tell('wall_reply_new', fake.comment(6, author, text), `forgotten-${text}`);
  tell('Забыто', 20);
  fake.longPoll.forget();
  await poll(page);
  tell('Дошло', 21);
  await poll(page);
  expect(await texts(page)).toEqual(['Дошло']);
  tell('Потеряно', 22);
  fake.longPoll.expire(true);
  await poll(page);
  expect(await texts(page)).toEqual(['Дошло']);
  await catchUp(channels.inbox, page, 0);
  expect((await texts(page)).toSorted()).toEqual(['Дошло', 'Забыто', 'Потеряно']);
  expect((await readListedPages(base.db, 'eao')).find(({ id }) => id === page.id)?.recovered).toBe(2);
});

test('trouble of asking has a name', async () => {
  const page = await added('poll');
  fake.failNext('groups.getLongPollServer', 5);
  const error = await poll(page).catch((thrown: unknown) => thrown);
  expect(vk.troubleOf(error)).toEqual({ kind: 'token_dead', detail: 'vk:5' });
  fake.isDown = true;
  expect(vk.troubleOf(await poll(page).catch((thrown: unknown) => thrown))).toMatchObject({
    kind: 'unreachable',
  });
  fake.isDown = false;
  await poll(page);
  fake.longPoll.settings.events['message_new'] = 0;
  expect(await vk.check(page, paceOf(base.db, 'eao'))).toEqual([
    { kind: 'events_off', detail: 'message_new' },
  ]);
  fake.longPoll.isEnabled = false;
  expect(await vk.check(page, paceOf(base.db, 'eao'))).toEqual([{ kind: 'events_off', detail: 'Long Poll' }]);
});

test('a page that can be called enters itself in VK, and mends what is stale', async () => {
  const page = await added('callback');
  const callback = `${PUBLIC_URL}/api/v1/channels/eao/${page.id}/callback`;
  fake.settings.events['message_edit'] = 0;
  fake.settings.api_version = '5.80';
  await catchUp(channels.inbox, page, 0);
  expect(fake.callbacks.servers).toMatchObject([{ url: callback, secret_key: VK_SECRET, status: 'ok' }]);
  expect(fake.settings).toMatchObject({
    api_version: '5.199',
    events: { message_edit: 1, photo_comment_new: 1, group_join: 0 },
  });
  expect(await vk.check(page, paceOf(base.db, 'eao'))).toEqual([]);
  // VK gave up after calls that failed; the address was another one before.
  const server = must(fake.callbacks.servers[0], 'a server');
  server.status = 'failed';
  server.url = callback.replace('https', 'http');
  await catchUp(channels.inbox, page, 0);
  expect(fake.callbacks.servers).toMatchObject([{ url: callback, status: 'ok' }]);
  // Nothing to mend: nothing is changed.
  fake.calls.length = 0;
  await catchUp(channels.inbox, page, 0);
  expect(fake.calls.filter((name) => /add|edit|set/.test(name))).toEqual([]);
});

test('where the token may not, or VK’s list is full, a person is told what to do and nothing else suffers', async () => {
  const page = await added('callback');
  fake.failNext('groups.getCallbackServers', 15);
  fake.comment(5, 10, 'Пропущено');
  await catchUp(channels.inbox, page, 0);
  expect(await texts(page)).toEqual(['Пропущено']);
  for (let index = 0; index < 10; index += 1)
    fake.callbacks.servers.push({
      id: index + 1,
      creator_id: 1,
      url: `https://other${index}.example/`,
      title: 'Другой',
      secret_key: 'other',
      status: 'ok',
    });
  await catchUp(channels.inbox, page, 0);
  expect(fake.callbacks.servers).toHaveLength(10);
  expect(await vk.check(page, paceOf(base.db, 'eao'))).toEqual([{ kind: 'no_callback', detail: '' }]);
});

test('every call above, and every answer of the fake, is by VK’s schema', () => {
  expect(strange).toEqual([]);
  expect(exchanges).toBeGreaterThan(10);
});

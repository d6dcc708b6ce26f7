import { afterAll, beforeAll, expect, test } from 'vitest';
import { newChannelSchema, type ChannelNetwork } from '#shared/protocol/channels.ts';
import { must } from '#shared/domain/must.ts';
import { readEventLog } from '#server/channels/inbox/event-log.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { pollOnce } from '#server/channels/inbox/polling.ts';
import { withScope } from '#server/store/database.ts';
import { FakeServer } from '#tests/fakes/fake-server.ts';
import { CASE_PAGES } from '#tests/fixtures/webhook-cases.ts';
import { startRegion, storedIncidents, type ChannelRegion } from '#tests/helpers/channel-region.ts';

let region: ChannelRegion;
let fake: FakeServer;
let base: string;
/** Answers to questions, by a part of their address. */
let answers: Readonly<Record<string, unknown>> = {};

beforeAll(async () => {
  region = await startRegion();
  fake = new FakeServer((request, response) => {
    const part = Object.keys(answers).find((name) => request.url?.includes(name) === true) ?? '';
    response.end(JSON.stringify(answers[part] ?? {}));
  });
  base = await fake.start();
});

afterAll(async () => {
  await fake.stop();
  await region.stop();
});

async function addPage(network: ChannelNetwork): Promise<string> {
  const page = {
    network,
    name: 'ЦУР',
    baseUrl: base,
    pageId: CASE_PAGES[network],
    token: network === 'telegram' ? '7000001:a-token-of-a-bot' : 'a-token',
    secret: 'secret-1234',
    reception: 'poll',
  };
  return region.channels.pages.add('eao', newChannelSchema.parse(page));
}

async function poll(id: string): Promise<void> {
  const page = must(await region.channels.pages.find('eao', id), 'the page');
  const connector = must(region.channels.pages.connector(page.network), 'a connector');
  expect(await pollOnce(region.channels.inbox, page, connector, new AbortController().signal)).toBe(true);
  await drain(region.channels.inbox, 'eao');
}

/** The words that entered, and what is kept as it came. */
async function state(id: string) {
  const log = await readEventLog(region.base.db, 'eao', id);
  return {
    texts: (await storedIncidents(region, id)).map(({ text }) => text),
    kept: log.map(({ state: name }) => name),
  };
}

const position = (id: string) =>
  withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('channel').select('position').where('id', '=', id).executeTakeFirstOrThrow(),
  );

/** Odd elements among the good ones of a batch. */
const ODD: readonly unknown[] = [
  null,
  7,
  'слово',
  [],
  {},
  { update_id: 'не число', message: 5 },
  { type: 9 },
];

test('Telegram: odd updates are kept, the others enter, the offset moves on', async () => {
  const update = (n: number) => ({
    update_id: n,
    message: {
      message_id: n,
      date: 1_700_000_000,
      chat: { id: 10 + n, type: 'private' },
      from: { id: 10 + n, is_bot: false, first_name: 'Анна' },
      text: `Слова ${n}`,
    },
  });
  answers = { getUpdates: { ok: true, result: [update(5), ...ODD, update(13)] } };
  const page = await addPage('telegram');
  await poll(page);
  expect(await state(page)).toEqual({
    texts: ['Слова 5', 'Слова 13'],
    kept: expect.objectContaining({ length: 7 }),
  });
  expect((await position(page)).position).toBe('14');
  // Nothing in it has a number: one for each is passed over, for numbers follow one another.
  answers = { getUpdates: { ok: true, result: [{ message: 6 }, { message: 8 }] } };
  await poll(page);
  expect((await position(page)).position).toBe('16');
});

test('VK: odd updates are kept, the others enter, the number moves on', async () => {
  const update = (id: number) => ({
    type: 'wall_reply_new',
    group_id: 12_345,
    event_id: `e${id}`,
    object: { id, from_id: id, post_id: 7, owner_id: -12_345, date: 1_700_000_000, text: `Слова ${id}` },
  });
  answers = {
    getLongPollServer: { response: { server: `${base}/poll`, key: 'k', ts: '1' } },
    '/poll': { ts: '9', updates: [update(1), ...ODD, update(2)] },
  };
  const page = await addPage('vk');
  await poll(page);
  await poll(page);
  expect(await state(page)).toEqual({
    texts: ['Слова 1', 'Слова 2'],
    kept: expect.objectContaining({ length: 7 }),
  });
  expect((await position(page)).position).toContain('"ts":"9"');
});

test('MAX: odd updates are kept, the others enter, the marker moves on', async () => {
  const update = (n: number) => ({
    update_type: 'message_created',
    timestamp: 1_700_000_000_000 + n,
    message: {
      sender: { user_id: n, first_name: 'Анна', is_bot: false },
      recipient: { chat_id: 900 + n, chat_type: 'dialog' },
      timestamp: 1_700_000_000_000 + n,
      body: { mid: `mid.${n}`, seq: n, text: `Слова ${n}` },
    },
  });
  answers = { '/updates': { updates: [update(1), ...ODD, update(2)], marker: 77 } };
  const page = await addPage('max');
  await poll(page);
  expect(await state(page)).toEqual({
    texts: ['Слова 1', 'Слова 2'],
    kept: expect.objectContaining({ length: 7 }),
  });
  expect((await position(page)).position).toBe('77');
});

test('Odnoklassniki: odd chats and messages are kept or passed over, the others enter', async () => {
  const at = Date.now() - 60_000;
  const message = (n: number) => ({
    sender: { user_id: `user:${n}`, name: 'Анна' },
    recipient: { chat_id: 'chat:C1' },
    message: { mid: `mid:${n}`, text: `Слова ${n}` },
    timestamp: at,
  });
  answers = {
    'me/chats': { chats: [null, { chat_id: 5 }, { chat_id: 'chat:C1', lastEventTime: at }] },
    'me/messages': { messages: [message(1), ...ODD, message(2)] },
  };
  const page = await addPage('ok');
  await poll(page);
  expect(await state(page)).toEqual({
    texts: expect.arrayContaining(['Слова 1', 'Слова 2']),
    kept: expect.objectContaining({ length: 7 }),
  });
  expect((await position(page)).position).toBe(String(at));
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { rereadEvents } from '#server/channels/inbox/event-log.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { lookBack } from '#server/channels/outbox/look-back.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { ok } from '#server/channels/networks/ok/ok.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { pollOnce } from '#server/channels/inbox/polling.ts';
import { UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { FakeOk } from '#tests/fakes/ok.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import { PUBLIC_URL } from '#tests/helpers/channel-region.ts';
import { OK_GROUP as GROUP, OK_SECRET as SECRET, okPage } from '#tests/helpers/ok-page.ts';

const CHAT = 'chat:C3ecb9d02a600';
const HOUR = 3_600_000;

let desk: ChannelDesk;
let fake: FakeOk;
let page: Page;
let base: string;

const addPage = (keys: Partial<typeof GROUP>): Promise<Page> => desk.add(okPage(base, keys));

beforeAll(async () => {
  desk = await ChannelDesk.open();
});

beforeEach(async () => {
  await fake?.stop();
  fake = new FakeOk(GROUP, desk.channels.inbox.now);
  base = await fake.start();
  page = await addPage(GROUP);
  await catchUp(desk.channels.inbox, page, 0);
});

afterAll(async () => {
  await fake.stop();
  await desk.close();
});

const call = async (url: string, body: string): Promise<number> => (await desk.call(url, body)).status;
const path = (): string => `${PUBLIC_URL}/api/v1/channels/eao/${page.id}/callback`;

async function arrive(): Promise<Incident[]> {
  await fake.deliver(call);
  return desk.incidents(page);
}

test('subscribes the group to an address that holds the secret, and keeps it subscribed', async () => {
  const address = `${path()}?secret=${SECRET}`;
  expect([...fake.subscriptions.keys()]).toEqual([address]);
  fake.say(CHAT, '10', 'Анна', 'Пока центр молчал');
  for (let hour = 0; hour <= 8; hour += 1) {
    await fake.deliver(async () => 503);
    fake.pass(HOUR);
  }
  expect(fake.subscriptions.size).toBe(0);
  fake.subscriptions.set('https://other.example/hook', { failingSince: null });
  fake.subscriptions.set(`https://old.example${new URL(path()).pathname}?secret=x`, { failingSince: null });
  await catchUp(desk.channels.inbox, page, 0);
  expect([...fake.subscriptions.keys()]).toEqual(['https://other.example/hook', address]);
  const before = fake.calls.length;
  await catchUp(desk.channels.inbox, page, 0);
  expect(fake.calls.slice(before)).not.toContain('/graph/me/subscribe');
});

test('listens to who knows the secret, and to nobody else', async () => {
  const event = fake.say(CHAT, '10', 'Анна', 'Нет воды');
  expect(await call(path(), event)).toBe(403);
  expect(await call(`${path()}?secret=wrong`, event)).toBe(403);
  expect(await call(`${path()}?secret=${SECRET}&secret=${SECRET}`, event)).toBe(400);
  expect(await call(`${path()}?secret=${SECRET}`, 'не JSON')).toBe(200);
  expect(await desk.incidents(page)).toEqual([]);
  expect(await desk.log(page)).toEqual(['unreadable: unknown_kind']);
});

test('makes an incident of a chat once, however often and in whatever order it is told', async () => {
  fake.say(CHAT, '10', 'Анна', 'Нет воды 🚰 שלום');
  fake.say(CHAT, '10', 'Анна', 'И тепла');
  fake.say('chat:C3ecb9d02a601', '11', '', '', [{ type: 'IMAGE', payload: {} }]);
  await fake.deliver(async (url, body) => {
    await call(url, body);
    return 500;
  }, 'reversed');
  const all = await arrive();
  expect(all.map(({ text, messages }) => [text, messages.map((message) => message.text)])).toEqual([
    ['[Фотография]', []],
    ['И тепла', ['Нет воды 🚰 שלום']],
  ]);
  expect(all[0]?.author).toMatchObject({ name: 'id11', url: 'https://ok.ru/profile/11' });
  expect(all[1]?.source).toMatchObject({ network: 'ok', kind: 'direct', hasMedia: false });
  expect(await desk.log(page)).toEqual([]);
});

test('heals a gap of its chats, each message once', async () => {
  const other = 'chat:C3ecb9d02a601';
  fake.say(CHAT, '10', 'Анна', 'До обрыва');
  expect(await arrive()).toHaveLength(1);
  // The centre is away: what is told meanwhile is lost for good.
  for (let index = 0; index < 115; index += 1) {
    fake.pass(1000);
    // More in one chat than the network gives at a time.
    fake.say(index < 110 ? CHAT : other, index < 110 ? '10' : '11', 'Житель', `Вопрос ${index}`);
  }
  fake.subscriptions.clear();
  await catchUp(desk.channels.inbox, page, 0);
  const all = await desk.incidents(page);
  expect(
    all.flatMap(({ text, messages }) => [text, ...messages.map((message) => message.text)]),
  ).toHaveLength(116);
  expect(all).toHaveLength(2);
  expect((await desk.health(page)).recovered).toBe(115);
  await catchUp(desk.channels.inbox, page, 0);
  expect((await desk.incidents(page)).flatMap(({ messages }) => messages)).toHaveLength(114);
  expect(await desk.log(page)).toEqual([]);
});

test('asks for its chats where nobody can call, and goes on where it was', async () => {
  const polled = await desk.add({ ...okPage(base), reception: 'poll' });
  const ask = () => pollOnce(desk.channels.inbox, polled, ok, new AbortController().signal);
  const texts = async () =>
    (await desk.incidents(polled)).flatMap((incident) => [
      incident.text,
      ...incident.messages.map(({ text }) => text),
    ]);
  fake.say(CHAT, '10', 'Анна', 'Нет воды');
  await ask();
  expect(await texts()).toEqual(['Нет воды']);
  fake.pass(5000);
  fake.say(CHAT, '10', 'Анна', 'И тепла');
  fake.say('chat:C3ecb9d02a602', '12', 'Олег', 'Яма');
  // Killed between storing and moving on: told again, taken once.
  await ask();
  await desk.base.owner.updateTable('channel').set({ position: null }).where('id', '=', polled.id).execute();
  await ask();
  expect((await texts()).toSorted()).toEqual(['И тепла', 'Нет воды', 'Яма']);
  fake.pass(5000);
  fake.say(CHAT, `10`, 'Анна', 'Спасибо');
  fake.failNext('/graph/me/chats', 103);
  await expect(ask()).rejects.toMatchObject({ code: 103 });
  await ask();
  expect(await texts()).toContain('Спасибо');
  const check = () => ok.check(polled, paceOf(desk.base.db, 'eao'));
  expect(await check()).toEqual([]);
  fake.failNext('/graph/me/chats', 102);
  expect(await check()).toEqual([{ kind: 'token_dead', detail: 'ok:102' }]);
});

test('survives bad input and loses none of it', async () => {
  const address = `${path()}?secret=${SECRET}`;
  const event = (members: object): string => JSON.stringify({ webhookType: 'MESSAGE_CREATED', ...members });
  const message = { sender: { user_id: 'user:20' }, recipient: { chat_id: CHAT } };
  const future = Date.UTC(2100, 5, 1);
  await call(
    address,
    event({ ...message, message: { mid: 'mid:a', text: 'Из будущего' }, timestamp: future }),
  );
  await call(
    address,
    event({ ...message, recipient: { chat_id: 'chat:../me' }, message: { mid: 'mid:b' }, timestamp: 1 }),
  );
  await call(
    address,
    event({
      sender: { user_id: `group:${GROUP.id}` },
      recipient: { chat_id: CHAT },
      message: { mid: 'mid:c', text: 'Ответ' },
      timestamp: 1,
    }),
  );
  await call(address, JSON.stringify({ webhookType: 'CHAT_SYSTEM', timestamp: 1 }));
  await call(address, JSON.stringify({ webhookType: 'SOMETHING_NEW' }));
  expect((await desk.incidents(page)).map(({ text }) => text)).toEqual(['Из будущего']);
  expect((await desk.log(page)).toReversed()).toEqual([
    'MESSAGE_CREATED: own',
    'CHAT_SYSTEM: service',
    // What waits for a person comes before what needs none.
    'MESSAGE_CREATED: refused:no_words',
    'SOMETHING_NEW: unknown_kind',
  ]);
  expect(await rereadEvents(desk.base.db, 'eao', page.id)).toBe(4);
  expect(await desk.incidents(page)).toHaveLength(1);
});

test('finds comments under topics, each once, and leaves them to a person to answer', async () => {
  fake.comment('150000001', '30', 'Ольга', 'Яма у школы');
  fake.comment('150000001', '30', 'Ольга', 'Уже год');
  fake.comment('150000001', GROUP.id, 'ЦУР', 'Спасибо, передали');
  for (let index = 0; index < 130; index += 1)
    fake.comment('150000002', String(100 + index), '', `Вопрос ${index}`);
  await catchUp(desk.channels.inbox, page, 0);
  const all = await desk.incidents(page);
  expect(all).toHaveLength(131);
  const first = must(
    all.find(({ text }) => text === 'Яма у школы'),
    'the comment',
  );
  expect(first.messages.map(({ text }) => text)).toEqual(['Уже год']);
  expect(first.source.url).toBe(`https://ok.ru/group/${GROUP.id}/topic/150000001`);
  expect(first.author.name).toBe('Ольга');
  expect(Math.abs(first.createdAt - desk.channels.inbox.now())).toBeLessThan(HOUR);
  await catchUp(desk.channels.inbox, page, 0);
  expect(await desk.incidents(page)).toHaveLength(131);
  expect((await desk.health(page)).recovered).toBe(132);
  await desk.approve(first.id, 'Починим');
  await desk.sendAfter(UNDO_MS);
  expect(await desk.sending(first.id)).toMatchObject({ state: 'needs_you', problem: 'ok:by_hand' });
});

/** An incident from a chat, answered and approved. */
async function answered(chat: string, text: string): Promise<string> {
  fake.say(chat, '40', 'Анна', 'Когда починят?');
  const { id } = must((await arrive()).at(-1), 'the incident');
  await desk.approve(id, text);
  return id;
}

test('answers in the chat once, and waits when it is asked to', async () => {
  const id = await answered(CHAT, 'Починим в мае');
  fake.failNext(`/graph/${CHAT}/messages`, 8);
  await desk.sendAfter(UNDO_MS);
  expect(await desk.sending(id)).toMatchObject({ state: 'waiting', problem: 'ok:8' });
  await desk.sendAfter(10 * 60_000 + 1000);
  await desk.sendAfter(UNDO_MS);
  expect(fake.sent).toEqual([{ chat: CHAT, text: 'Починим в мае' }]);
  expect((await desk.sending(id)).state).toBe('sent');
});

test('looks in the chat for an answer that may be out', async () => {
  const out = await answered('chat:C1', 'Дошло');
  fake.failNext('/graph/chat:C1/messages', 'cut');
  const lost = await answered('chat:C2', 'Не дошло');
  fake.failNext('/graph/chat:C2/messages', 500);
  await desk.sendAfter(UNDO_MS);
  expect((await desk.sending(out)).state).toBe('possibly_sent');
  desk.pass(11_000);
  await lookBack(desk.channels.outbox, 'eao');
  expect((await desk.sending(out)).state).toBe('sent');
  expect(await desk.sending(lost)).toMatchObject({ state: 'possibly_sent', problem: 'ok:500' });
  expect(fake.sent).toEqual([{ chat: 'chat:C1', text: 'Дошло' }]);
});

test('calls for a person where only a person can help', async () => {
  const id = await answered('chat:C3', 'Ответ');
  fake.failNext('/graph/chat:C3/messages', 103);
  await desk.sendAfter(UNDO_MS);
  expect(await desk.sending(id)).toMatchObject({ state: 'needs_you', problem: 'ok:103' });
  expect((await desk.health(page)).trouble).toEqual({ kind: 'token_dead', detail: 'ok:103' });
  await catchUp(desk.channels.inbox, page, 0);
  expect((await desk.health(page)).trouble).toBeNull();
});

test('says in words what a group lacks, and keeps its keys to itself', async () => {
  const pace = paceOf(desk.base.db, 'eao');
  const check = (checked = page) => ok.check(checked, pace);
  expect(await check()).toEqual([]);
  fake.subscriptions.clear();
  expect(await check()).toEqual([{ kind: 'no_callback', detail: '' }]);
  expect(await check(await addPage({}))).toContainEqual({ kind: 'no_read_token', detail: '' });
  expect(await check(await addPage({ ...GROUP, token: 'dead' }))).toEqual([
    { kind: 'token_dead', detail: 'ok:103' },
  ]);
  const wrong = await addPage({ ...GROUP, applicationSecret: 'another' });
  expect(await check(wrong)).toContainEqual({ kind: 'keys_wrong', detail: 'ok:104' });
  await catchUp(desk.channels.inbox, wrong, 0);
  expect((await desk.health(wrong)).trouble).toEqual({ kind: 'keys_wrong', detail: 'ok:104' });
  const logged = desk.logged.join('\n');
  for (const secret of [GROUP.token, GROUP.readToken, GROUP.applicationSecret, SECRET])
    expect(logged).not.toContain(secret);
});

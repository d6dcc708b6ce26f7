import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { rereadEvents } from '#server/channels/inbox/event-log.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { pollOnce } from '#server/channels/inbox/polling.ts';
import { withScope } from '#server/store/database.ts';
import { telegram } from '#server/channels/networks/telegram/telegram.ts';
import { TelegramRefusal } from '#tests/fakes/telegram-refusal.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import {
  ALBUM_MS,
  CHANNEL,
  GROUP,
  resident,
  SECRET,
  TelegramPage,
  TOKEN,
} from '#tests/helpers/telegram-page.ts';

let desk: ChannelDesk;
let at: TelegramPage;

beforeAll(async () => {
  desk = await ChannelDesk.open();
});

beforeEach(async () => {
  await at?.fake.stop();
  at = await TelegramPage.open(desk);
});

afterAll(async () => {
  await at.fake.stop();
  await desk.close();
});

async function tell(update: object): Promise<void> {
  expect((await at.hook(at.address, SECRET, JSON.stringify(update))).status).toBe(200);
}

test('listens to who knows the secret, and to nobody else', async () => {
  const update = JSON.stringify({ update_id: 1, message: {} });
  expect((await at.hook(at.address, 'another-secret', update)).status).toBe(403);
  expect((await desk.call(at.address, update)).status).toBe(403);
  expect(await desk.incidents(at.page)).toEqual([]);
  expect(await desk.log(at.page)).toEqual([]);
});

test('keeps what it cannot read, for Telegram would tell it again and nothing after it', async () => {
  for (const body of ['не JSON', '{"message":{}}', '[]', 'null'])
    expect((await at.hook(at.address, SECRET, body)).status).toBe(200);
  expect(await desk.incidents(at.page)).toEqual([]);
  expect((await desk.log(at.page)).toReversed()).toEqual([
    'unreadable: unreadable:SyntaxError',
    'message: unreadable:ZodError',
    'unreadable: unreadable:ZodError',
    'unreadable: unreadable:ZodError',
  ]);
  // They would be in the way of what follows.
  await withScope(desk.base.db, { region: 'eao' }, (tx) => tx.deleteFrom('channel_event').execute());
});

test('makes incidents of comments under a post and of private words, not of the page’s own', async () => {
  const post = at.fake.say(at.group, {
    from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
    sender_chat: { id: CHANNEL, type: 'channel', title: 'ЦУР' },
    is_automatic_forward: true,
    text: 'Запись',
  });
  const under = { message_thread_id: post.message_id, reply_to_message: post };
  const first = at.fake.say(at.group, { from: resident(10, 'ivan'), text: 'Яма 🕳️ שלום', ...under });
  at.fake.say(at.group, { from: resident(10, 'ivan'), text: 'И люк открыт', ...under });
  at.fake.say(at.group, { from: resident(11), text: 'У нас тоже', ...under });
  at.fake.say(at.group, { ...first, text: 'Яма на Советской', edit_date: 1_800_000_000 }, 'edited_message');
  at.fake.say(at.group, {
    from: { id: 1_087_968_824, is_bot: true, first_name: 'Group' },
    sender_chat: { id: GROUP, type: 'supergroup' },
    text: 'Спасибо',
  });
  at.fake.say(at.group, { from: resident(12), new_chat_members: [resident(12)] });
  at.fake.say(at.channel, { sender_chat: { id: CHANNEL, type: 'channel' }, text: 'Запись' }, 'channel_post');
  const person = at.fake.addChat({ id: 13, type: 'private', bot: 'member' });
  at.fake.say(person, { from: resident(13), text: '/start' });
  at.fake.say(person, { from: resident(13), text: 'Лично' });
  const all = await at.arrive();
  expect(all.map(({ text, messages }) => [text, messages.map((message) => message.text)])).toEqual([
    ['Яма 🕳️ שלום', ['И люк открыт']],
    ['У нас тоже', []],
    ['Лично', []],
  ]);
  expect(all[0]?.sourceChanges?.map(({ text }) => text)).toEqual(['Яма на Советской']);
  expect(all[0]?.source).toMatchObject({
    network: 'telegram',
    kind: 'comment',
    url: `https://t.me/tsur_talk/${first.message_id}`,
  });
  expect(all[0]?.author).toMatchObject({ name: 'Житель 10', url: 'https://t.me/ivan' });
  expect(all[2]?.source.kind).toBe('direct');
  expect((await desk.log(at.page)).toReversed()).toEqual([
    'message: own',
    'message: own',
    'message: service',
    'channel_post: own',
    'message: service',
  ]);
});

test('takes an album as one message, whatever order its parts come in and however late', async () => {
  const part = { from: resident(20), media_group_id: '13800001', photo: [{}] };
  at.fake.say(at.group, part);
  at.fake.say(at.group, { ...part, caption: 'Так у школы' });
  at.fake.say(at.group, { ...part, caption: 'и за углом' });
  at.fake.say(at.group, { from: resident(21), text: 'После альбома' });
  await at.deliver();
  // More of it may be coming; what stands behind it does not wait.
  expect((await desk.incidents(at.page)).map(({ text }) => text)).toEqual(['После альбома']);
  desk.pass(ALBUM_MS);
  const [, album] = await desk.incidents(at.page);
  expect(album).toMatchObject({
    text: 'Так у школы\nи за углом',
    messages: [],
    source: { hasMedia: true },
  });
  expect(album?.sourceChanges ?? []).toEqual([]);
  at.fake.say(at.group, part);
  at.fake.say(at.group, { ...part, caption: 'и у сада' });
  const later = await at.arrive();
  expect(later).toHaveLength(2);
  expect(later[1]?.sourceChanges?.map(({ text }) => text)).toEqual([
    expect.stringContaining('и за углом\nи у сада'),
  ]);
  expect(await desk.log(at.page)).toEqual([]);
});

test('survives bad input and loses none of it', async () => {
  const chat = { id: GROUP, type: 'supergroup', title: '', username: 'tsur_talk' };
  const from = resident(30);
  const said = (members: object) => ({ message_id: 1, date: 1_700_000_000, chat, from, ...members });
  const wide = '9007199254740993';
  await tell({ update_id: 1, message: said({ text: 'Из будущего', date: Date.UTC(2100, 5, 1) / 1000 }) });
  await tell({
    update_id: 2,
    message: said({ message_id: 2, from: { id: 31, is_bot: false, first_name: '' }, text: '‮אין מים' }),
  });
  await at.hook(
    at.address,
    SECRET,
    JSON.stringify({ update_id: 3, message: said({ message_id: 3, from: resident(32), text: 'Номер' }) })
      .replaceAll('"message_id":3', `"message_id":${wide}`)
      .replace('"update_id":3', `"update_id":${wide}`),
  );
  const torn = Buffer.from(
    JSON.stringify({
      update_id: 4,
      message: said({ message_id: 4, from: resident(33), text: 'ТУТ разбито' }),
    }),
  );
  torn.set([0xff, 0xfe], torn.indexOf('ТУТ'));
  await at.hook(at.address, SECRET, torn);
  await tell({ update_id: 5, message_reaction: { chat } });
  await tell({ update_id: 6, message: { message_id: 'не число' } });
  await tell({ update_id: 7 });
  const all = await desk.incidents(at.page);
  expect(all.map(({ text }) => text)).toEqual([
    'Из будущего',
    '‮אין מים',
    'Номер',
    expect.stringContaining('�'),
  ]);
  expect(all[0]?.createdAt).toBeLessThanOrEqual(desk.channels.inbox.now());
  expect(all[1]?.author).toMatchObject({ name: 'id31', url: 'tg://user?id=31' });
  expect(all[2]?.source.url).toBe(`https://t.me/tsur_talk/${wide}`);
  expect((await desk.log(at.page)).toReversed()).toEqual([
    'message_reaction: unknown_kind',
    'message: unreadable:ZodError',
    'empty: unknown_kind',
  ]);
  expect(await rereadEvents(desk.base.db, 'eao', at.page.id)).toBe(3);
  expect(await desk.incidents(at.page)).toHaveLength(4);
});

test('is told again what it did not take, and takes it once', async () => {
  at.fake.say(at.group, { from: resident(40), text: 'Повторяется' });
  const [update] = at.fake.updates.pending;
  await at.fake.updates.deliver(async ({ url, secret }, body) => {
    await at.hook(url, secret, body);
    return 504;
  });
  expect(at.fake.updates.pending).toEqual([update]);
  expect(await at.arrive()).toHaveLength(1);
  await tell(must(update, 'the update'));
  expect(await desk.incidents(at.page)).toHaveLength(1);
});

const ask = (polled: Page, stopping = new AbortController().signal) =>
  pollOnce(desk.channels.inbox, polled, telegram, stopping);

test('asks, and confirms only what lies in the database', async () => {
  at.fake.updates.deleteWebhook(new URLSearchParams());
  const polled = await at.add('poll');
  for (const [n, text] of ['раз', 'два', 'три'].entries())
    at.fake.say(at.group, { from: resident(60 + n), text });
  await ask(polled);
  // Nothing was confirmed yet: had the process died here, all three would come again.
  expect(at.fake.updates.pending).toHaveLength(3);
  at.fake.say(at.group, { from: resident(51), text: 'четыре' });
  await ask(polled);
  expect(at.fake.updates.pending).toHaveLength(1);
  const all = await desk.incidents(polled);
  expect(all.map(({ text }) => text)).toEqual(['раз', 'два', 'три', 'четыре']);
  // As after a death between storing and moving on: told again, taken once.
  await desk.base.owner.updateTable('channel').set({ position: null }).where('id', '=', polled.id).execute();
  await ask(polled);
  expect(await desk.incidents(polled)).toHaveLength(4);
  at.fake.say(at.group, { from: resident(52), text: 'пять' });
  at.fake.failNext('getUpdates', 'cut');
  await expect(ask(polled)).rejects.toThrow(/socket hang up|ECONNRESET/);
  await ask(polled);
  expect((await desk.incidents(polled)).map(({ text }) => text)).toContain('пять');
});

test('says who else listens to the bot, and does not take its place', async () => {
  await expect(ask(await at.add('poll'))).rejects.toMatchObject({ code: 409 });
  const elsewhere = new URLSearchParams({ url: 'https://other.example/hook' });
  at.fake.updates.setWebhook(elsewhere);
  await catchUp(desk.channels.inbox, at.page, 0);
  expect(at.fake.updates.webhook?.url).toBe('https://other.example/hook');
  expect((await desk.health(at.page)).trouble).toEqual({ kind: 'webhook_elsewhere', detail: 'telegram:409' });
  at.fake.updates.deleteWebhook(new URLSearchParams());
  at.fake.failNext(
    'setWebhook',
    new TelegramRefusal(400, 'Bad Request: bad webhook: HTTPS URL must be provided'),
  );
  await catchUp(desk.channels.inbox, at.page, 0);
  expect((await desk.health(at.page)).trouble?.kind).toBe('callback_address');
  // Taken out by hand, it is repaired at the next look.
  at.fake.updates.deleteWebhook(new URLSearchParams());
  await catchUp(desk.channels.inbox, at.page, 0);
  expect(at.fake.updates.webhook).toEqual({ url: at.address, secret: SECRET });
  expect((await desk.health(at.page)).trouble).toBeNull();
});

test('notices that the bot was put out of the group', async () => {
  const changed = {
    chat: { id: GROUP, type: 'supergroup', title: 'Обсуждение' },
    new_chat_member: { status: 'kicked' },
  };
  at.fake.updates.add('my_chat_member', changed);
  at.fake.updates.add('my_chat_member', {
    chat: { id: 60, type: 'private' },
    new_chat_member: { status: 'kicked' },
  });
  await at.arrive();
  expect((await desk.health(at.page)).trouble).toEqual({ kind: 'bot_removed', detail: 'Обсуждение' });
  at.group.bot = 'kicked';
  await catchUp(desk.channels.inbox, at.page, 0);
  expect((await desk.health(at.page)).trouble).toEqual({ kind: 'bot_removed', detail: 'telegram:403' });
  at.group.bot = 'administrator';
  await catchUp(desk.channels.inbox, at.page, 0);
  expect((await desk.health(at.page)).trouble).toBeNull();
});

test('says in words what a bot lacks, and keeps its token to itself', async () => {
  const pace = paceOf(desk.base.db, 'eao');
  const check = (checked = at.page) => telegram.check(checked, pace);
  expect(await check()).toEqual([]);
  at.fake.readsAll = false;
  expect(await check()).toEqual([{ kind: 'group_privacy', detail: '' }]);
  at.group.bot = 'administrator';
  expect(await check()).toEqual([]);
  at.group.bot = 'left';
  at.fake.updates.deleteWebhook(new URLSearchParams());
  expect(await check()).toEqual([
    { kind: 'no_callback', detail: '' },
    { kind: 'bot_removed', detail: '' },
  ]);
  at.fake.updates.setWebhook(new URLSearchParams({ url: 'https://other.example/hook' }));
  expect(await check(await at.add('poll'))).toContainEqual({
    kind: 'webhook_elsewhere',
    detail: 'other.example',
  });
  at.fake.addChat({ id: CHANNEL, type: 'channel', bot: 'administrator' });
  expect(await check()).toContainEqual({ kind: 'comments_off', detail: '' });
  at.fake.failNext('getWebhookInfo', new TelegramRefusal(401, 'Unauthorized'));
  expect(await check()).toEqual([{ kind: 'token_dead', detail: 'telegram:401' }]);
  expect(desk.logged.join('\n')).not.toContain(TOKEN);
});

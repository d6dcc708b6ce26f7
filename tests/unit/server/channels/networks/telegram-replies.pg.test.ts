import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { lookBack } from '#server/channels/outbox/look-back.ts';
import { UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { TelegramRefusal } from '#tests/fakes/telegram-refusal.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import { GROUP, resident, TelegramPage } from '#tests/helpers/telegram-page.ts';

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

/** A private chat with a resident whose question was answered; pace in it is a second, not three. */
async function answered(id: number, text: string) {
  const chat = at.fake.addChat({ id, type: 'private', bot: 'member' });
  at.fake.say(chat, { from: resident(id), text: 'Когда починят?' });
  const incident = must((await at.arrive()).at(-1), 'the incident');
  await desk.approve(incident.id, text);
  return { chat, incident: incident.id };
}

test('replies under the comment once, after the time to undo it, even when the comment is gone', async () => {
  const first = at.fake.say(at.group, { from: resident(70), text: 'Когда починят?' });
  const [incident] = await at.arrive();
  const id = must(incident, 'the incident').id;
  await desk.approve(id, 'Починим в мае');
  await desk.sendAfter(0);
  expect(at.fake.sent).toEqual([]);
  await desk.sendAfter(UNDO_MS);
  await desk.sendAfter(UNDO_MS);
  expect(at.fake.sent).toEqual([
    { chat: String(GROUP), text: 'Починим в мае', replyTo: String(first.message_id) },
  ]);
  expect(await desk.sending(id)).toMatchObject({
    state: 'sent',
    link: expect.stringMatching(/^https:\/\/t\.me\/tsur_talk\/\d+$/),
  });
  const second = at.fake.say(at.group, { from: resident(71), text: 'А у нас?' });
  at.fake.forget(at.group, second);
  const other = must((await at.arrive()).at(-1), 'the incident');
  await desk.approve(other.id, 'И у вас');
  await desk.sendAfter(UNDO_MS);
  expect(at.fake.sent.at(-1)).toEqual({ chat: String(GROUP), text: 'И у вас', replyTo: null });
});

test('waits as long as Telegram asks, and never cuts an answer', async () => {
  const { incident } = await answered(80, 'Починим');
  at.fake.failNext('sendMessage', TelegramRefusal.tooMany(35));
  await desk.sendAfter(UNDO_MS);
  const waiting = await desk.sending(incident);
  expect(waiting).toMatchObject({ state: 'waiting', problem: 'telegram:429' });
  expect(waiting.notBefore).toBeGreaterThan(desk.channels.inbox.now() + 30_000);
  await desk.sendAfter(36_000);
  expect((await desk.sending(incident)).state).toBe('sent');
  const long = await answered(81, 'я'.repeat(4097));
  await desk.sendAfter(UNDO_MS);
  expect(await desk.sending(long.incident)).toMatchObject({
    state: 'needs_you',
    problem: 'telegram:too_long',
  });
  expect(at.fake.sent).toHaveLength(1);
});

test('calls for a person where only a person can help', async () => {
  const blocked = await answered(90, 'Ответ');
  blocked.chat.bot = 'blocked';
  await desk.sendAfter(UNDO_MS);
  expect(await desk.sending(blocked.incident)).toMatchObject({ state: 'needs_you', problem: 'telegram:403' });
  expect((await desk.health(at.page)).trouble).toBeNull();
  const refused = await answered(91, 'Ответ');
  at.fake.failNext('sendMessage', new TelegramRefusal(401, 'Unauthorized'));
  await desk.sendAfter(UNDO_MS);
  expect((await desk.sending(refused.incident)).state).toBe('needs_you');
  expect((await desk.health(at.page)).trouble).toEqual({ kind: 'token_dead', detail: 'telegram:401' });
});

test('follows a group to its new id', async () => {
  const old = at.fake.addChat({ id: -4_000_001, type: 'group', title: 'Дом 5', bot: 'member' });
  at.fake.say(old, { from: resident(95), text: 'Нет света' });
  const [incident] = await at.arrive();
  const id = must(incident, 'the incident').id;
  await desk.approve(id, 'Дали свет');
  old.movedTo = GROUP;
  await desk.sendAfter(UNDO_MS);
  expect((await desk.sending(id)).state).toBe('sent');
  expect(at.fake.sent).toEqual([{ chat: String(GROUP), text: 'Дали свет', replyTo: null }]);
});

test('does not send again what may be out, and sends what never left', async () => {
  const cut = await answered(100, 'Может быть');
  at.fake.failNext('sendMessage', 'cut');
  await desk.sendAfter(UNDO_MS);
  expect((await desk.sending(cut.incident)).state).toBe('possibly_sent');
  desk.pass(60_000);
  await lookBack(desk.channels.outbox, 'eao');
  await desk.sendAfter(10 * 60_000);
  expect((await desk.sending(cut.incident)).state).toBe('possibly_sent');
  expect(at.fake.sent).toHaveLength(1);

  const away = await answered(101, 'Дойдёт');
  await at.fake.stop();
  await desk.sendAfter(UNDO_MS);
  expect(await desk.sending(away.incident)).toMatchObject({
    state: 'waiting',
    problem: 'telegram:unreachable',
  });
  await catchUp(desk.channels.inbox, at.page, 0);
  expect((await desk.health(at.page)).trouble).toEqual({ kind: 'unreachable', detail: '' });
  await at.fake.start(Number(new URL(at.base).port));
  await desk.sendAfter(61_000);
  expect((await desk.sending(away.incident)).state).toBe('sent');
});

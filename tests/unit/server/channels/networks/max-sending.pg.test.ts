import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { readReplyDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { lookBack } from '#server/channels/outbox/look-back.ts';
import { makeDeliveries, UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { withScope } from '#server/store/database.ts';
import { person } from '#tests/fakes/max-channel.ts';
import type { FakeMax } from '#tests/fakes/max.ts';
import { MaxPages, SECRET, TOKEN } from '#tests/helpers/max-pages.ts';
import { sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';

let pages: MaxPages;
let fake: FakeMax;
let post: string;

beforeAll(async () => {
  pages = await MaxPages.start();
});
beforeEach(async () => {
  await pages.begin();
  ({ fake } = pages);
  await catchUp(pages.channels.inbox, pages.page, 0);
  post = fake.post('Ремонт дорог');
});
afterEach(() => pages.end());
afterAll(() => pages.stop());

/** The newest message became an incident; it is answered and the answer approved. */
async function approved(text: string): Promise<string> {
  await fake.deliver(pages.carry);
  const id = must((await pages.incidents()).at(-1), 'the incident').id;
  const operator = new TestClient(pages.base.db, sessionOfRole('approver'));
  const statuses = [
    await operator.do(id, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' }),
    await operator.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' }),
    await operator.do(id, 'takeToWork', {}),
    await operator.do(id, 'draftReply', { text, kind: 'final', promises: [] }),
    await operator.do(id, 'submitForApproval', {}),
    await operator.approve(id, text),
  ].map(({ status }) => status);
  expect(statuses).toEqual(Array(6).fill('applied'));
  await makeDeliveries(pages.channels.outbox, 'eao');
  return id;
}

/** A comment, answered and approved. */
function commented(from: number, text: string): Promise<string> {
  fake.comment(post, person(from), 'Когда починят?');
  return approved(text);
}

async function later(ms: number): Promise<void> {
  pages.clock.ahead += ms;
  await sendDueReplies(pages.channels.outbox, 'eao');
  await lookBack(pages.channels.outbox, 'eao');
}

const sending = async (incident: string) =>
  must((await readReplyDeliveries(pages.base.db, 'eao', incident))[0], 'the reply');

const answers = (): unknown[] =>
  [...fake.comments, ...fake.messages].filter(({ sender }) => sender?.is_bot).map(({ body }) => body.text);

test('answers a comment under its post, hears the thanks, and answers in a conversation', async () => {
  const { body } = fake.comment(post, person(40), 'Когда починят?');
  const id = await approved('Починим в мае');
  await later(UNDO_MS);
  await later(UNDO_MS);
  expect(answers()).toEqual(['Починим в мае']);
  expect(fake.comments.at(-1)).toMatchObject({
    recipient: { post_id: post },
    link: { type: 'reply', message: { mid: body.mid } },
  });
  expect(await sending(id)).toMatchObject({ state: 'sent', link: 'https://web.max.ru/-69729329042751' });
  fake.comment(post, person(40), 'Спасибо!');
  await fake.deliver(pages.carry);
  const [thanked] = await pages.incidents();
  expect(thanked).toMatchObject({ step: { name: 'satisfaction' }, messages: [{ text: 'Спасибо!' }] });

  fake.say('900', person(41), 'Лично');
  await approved('Лично и отвечаем');
  await later(UNDO_MS);
  expect(fake.messages.at(-1)).toMatchObject({
    recipient: { chat_id: '900' },
    body: { text: 'Лично и отвечаем' },
  });
});

test('finds a reply whose end was lost, and never sends it a second time', async () => {
  const found = await commented(42, 'Уже чиним');
  fake.failNext('POST /messages/*/comments', 'cut');
  await later(UNDO_MS);
  expect(await sending(found)).toMatchObject({ state: 'possibly_sent', problem: 'max:unreachable' });
  await later(11_000);
  expect(await sending(found)).toMatchObject({ state: 'sent', link: expect.stringContaining('web.max.ru') });
  expect(answers()).toEqual(['Уже чиним']);

  fake.say('900', person(43), 'Лично');
  const direct = await approved('Лично чиним');
  fake.failNext('POST /messages', 'cut');
  await later(UNDO_MS);
  await later(11_000);
  expect((await sending(direct)).state).toBe('sent');
  expect(answers()).toEqual(['Уже чиним', 'Лично чиним']);
});

test('leaves to a person what is not found, also after the sender was killed', async () => {
  const lost = await commented(44, 'Не дошло');
  fake.failNext('POST /messages/*/comments', 'gateway');
  await later(UNDO_MS);
  expect(await sending(lost)).toMatchObject({ state: 'possibly_sent', problem: 'max:502' });
  // The same words to somebody else, and the resident's own, are not the reply.
  fake.write({ post, from: fake.bot, text: 'Не дошло', to: 'mid.other' });
  fake.write({ post, from: person(44), text: 'Не дошло' });
  await later(11_000);
  expect((await sending(lost)).state).toBe('possibly_sent');

  const killed = await commented(45, 'Убит');
  await withScope(pages.base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('reply_send')
      .set({ state: 'sending', changed_at: Date.now() + pages.clock.ahead })
      .where('incident_id', '=', killed)
      .execute(),
  );
  await later(61_000);
  await later(11_000);
  expect((await sending(killed)).state).toBe('possibly_sent');
  expect(answers()).toEqual(['Не дошло']);
});

test('waits when MAX asks for it and while nobody is there, and sends once', async () => {
  const id = await commented(46, 'Ответ');
  fake.failNext(
    'POST /messages/*/comments',
    { status: 429, code: 'too.many.requests' },
    { status: 503, code: 'service.unavailable' },
  );
  await later(UNDO_MS);
  expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'max:429' });
  await later(61_000);
  expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'max:503' });
  await fake.stop();
  await later(61_000);
  expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'max:unreachable' });
  await fake.start({ port: Number(new URL(pages.page.baseUrl).port) });
  await later(61_000);
  expect((await sending(id)).state).toBe('sent');
  expect(answers()).toEqual(['Ответ']);
});

test('calls for a person when only a person can help, and cuts nothing', async () => {
  const long = await commented(47, 'я'.repeat(4001));
  fake.calls.length = 0;
  await later(UNDO_MS);
  expect(await sending(long)).toMatchObject({ state: 'needs_you', problem: 'max:too_long' });
  expect(fake.calls).toEqual([]);
  expect((await pages.health()).trouble).toBeNull();

  const gone = fake.comment(post, person(48), 'Удалю');
  const deleted = await approved('Ответ');
  fake.remove(gone);
  fake.say('900', person(49), 'Лично');
  const stopped = await approved('Ответ');
  fake.stopped.add('900');
  await later(UNDO_MS);
  expect(await sending(deleted)).toMatchObject({ state: 'needs_you', problem: 'max:404' });
  expect(await sending(stopped)).toMatchObject({ state: 'needs_you', problem: 'max:403' });
  expect((await pages.health()).trouble).toBeNull();

  const dead = await commented(50, 'Ответ');
  fake.failNext('POST /messages/*/comments', { status: 401, code: 'verify.token' });
  await later(UNDO_MS);
  expect(await sending(dead)).toMatchObject({ state: 'needs_you', problem: 'max:401' });
  expect((await pages.health()).trouble).toEqual({ kind: 'token_dead', detail: 'max:verify.token' });
  expect(answers()).toEqual([]);
  for (const secret of [TOKEN, SECRET]) expect(pages.logged.join('\n')).not.toContain(secret);
});

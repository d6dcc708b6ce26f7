import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { readReplyDeliveries, readUnsentDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { makeDeliveries, UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { cancelReply, settleReply } from '#server/channels/outbox/settle-reply.ts';
import { withScope } from '#server/store/database.ts';
import { incidentWithEvents } from '#server/sync/incident-history.ts';
import { sessionOfRole } from '#tests/helpers/sync-region.ts';
import { VkRegion, WALL } from '#tests/helpers/vk-region.ts';

let region: VkRegion;

beforeAll(async () => {
  region = await VkRegion.start();
});

afterAll(() => region.stop());

const sending = (incident: string) => readReplyDeliveries(region.base.db, 'eao', incident);
const states = async (incident: string) => (await sending(incident)).map(({ state }) => state);
const word = (id: string) => ({ region: 'eao', id, by: 'approver-1' });

/** Three neighbours write of one pit; two incidents are merged into the first. */
async function neighbours(post: number) {
  const [first, second, third] = [
    await region.comment(post, post * 10 + 1, 'Яма у школы'),
    await region.comment(post, post * 10 + 2, 'Яма у школы не закрыта'),
    await region.comment(post, post * 10 + 3, 'Опять эта яма'),
  ];
  const person = region.person();
  // A chain: the third into the second, the second into the first.
  await person.do(third.incident, 'merge', { into: second.incident });
  await person.do(second.incident, 'merge', { into: first.incident });
  return { first, second, third };
}

test('an edit and a deletion are told on the incident, each with its moment, beside our copy', async () => {
  const begun = Date.now();
  const { comment, incident } = await region.comment(1, 11, 'Нет воды');
  await region.comment(1, 11, 'И света');
  const edited = { ...comment, text: 'Нет воды и тепла' };
  await region.arrive(
    ['wall_reply_edit', edited],
    ['wall_reply_edit', edited],
    ['wall_reply_delete', { owner_id: WALL, id: comment.id, deleter_id: 11, post_id: 1 }],
  );
  const gone = await region.incident(incident);
  expect(gone.text).toBe('Нет воды');
  expect(gone.notes).toEqual([]);
  expect(gone.sourceChanges?.map(({ message, text }) => [message, text])).toEqual([
    [0, 'Нет воды и тепла'],
    [0, null],
  ]);
  for (const { at } of gone.sourceChanges ?? []) expect(at).toBeGreaterThanOrEqual(begun);
  await region.arrive(['wall_reply_restore', edited]);
  expect((await region.incident(incident)).sourceChanges?.at(-1)).toMatchObject({
    message: 0,
    text: 'Нет воды и тепла',
  });
});

test('a later message that was edited is told from the first one', async () => {
  const { incident } = await region.comment(2, 21, 'Нет воды');
  const { comment } = await region.comment(2, 21, 'И света');
  await region.arrive(['wall_reply_edit', { ...comment, text: 'И света нет' }]);
  expect((await region.incident(incident)).sourceChanges).toMatchObject([
    { message: 1, text: 'И света нет' },
  ]);
});

test('one answer goes to every author’s own comment, once each', async () => {
  const { first, second, third } = await neighbours(3);
  await region.approve(first.incident, 'Заделаем в мае');
  await Promise.all([
    makeDeliveries(region.channels.outbox, 'eao'),
    makeDeliveries(region.channels.outbox, 'eao'),
  ]);
  expect(await states(first.incident)).toEqual(['queued', 'queued', 'queued']);
  region.clock.ahead += UNDO_MS;
  await Promise.all([
    sendDueReplies(region.channels.outbox, 'eao'),
    sendDueReplies(region.channels.outbox, 'eao'),
  ]);
  await region.later(UNDO_MS);
  expect(region.answers()).toHaveLength(3);
  expect(new Set(region.answers().map(([, to]) => to))).toEqual(
    new Set([first, second, third].map(({ comment }) => comment.id)),
  );
  expect(await states(first.incident)).toEqual(['sent', 'sent', 'sent']);
  expect((await sending(second.incident)).map(({ state, author }) => [state, author])).toEqual([
    ['sent', 'id32'],
  ]);
  expect(await region.incident(first.incident)).toMatchObject({
    step: { name: 'satisfaction' },
    replies: [{ state: 'published', account: 'ЦУР', link: expect.stringContaining('wall-777_3') }],
  });
});

test('thanks of an author whose message was merged come into the one that was answered, under his name', async () => {
  const { first, third } = await neighbours(4);
  const thanks = await region.comment(4, 43, 'Спасибо!');
  expect(thanks.incident).toBe(first.incident);
  expect((await region.incident(first.incident)).messages).toMatchObject([
    { text: 'Спасибо!', author: 'id43' },
  ]);
  // The answer goes to what this author wrote last, still once.
  await region.approve(first.incident, 'Сделано');
  await region.later(UNDO_MS);
  const to = region.answers().map(([, comment]) => comment);
  expect(to).toContain(thanks.comment.id);
  expect(to).not.toContain(third.comment.id);
});

test('the answer is published only when nothing is left to do for anybody, and then since the first sending', async () => {
  const { first } = await neighbours(5);
  await region.approve(first.incident, 'Чиним');
  region.fake.failNext('wall.createComment', 14, 15);
  await region.later(UNDO_MS);
  expect((await states(first.incident)).toSorted()).toEqual(['needs_you', 'needs_you', 'sent']);
  expect((await region.incident(first.incident)).step.name).toBe('publishing');
  const [delivery, other] = (await readUnsentDeliveries(region.base.db, 'eao')).filter(
    ({ incident }) => incident === first.incident,
  );
  const link = 'https://vk.com/wall-777_5?reply=9';
  expect(
    await settleReply(region.channels.outbox, word(must(delivery, 'one').id), { as: 'sent', link }),
  ).toBe(true);
  expect((await region.incident(first.incident)).step.name).toBe('publishing');
  expect(await settleReply(region.channels.outbox, word(must(other, 'other').id), { as: 'retry' })).toBe(
    true,
  );
  await region.later(60_000);
  expect(await states(first.incident)).toEqual(['sent', 'sent', 'sent']);
  const { step, replies } = await region.incident(first.incident);
  expect(step.name).toBe('satisfaction');
  expect(must(replies[0]?.publishedAt, 'a moment')).toBeLessThan(Date.now() + region.clock.ahead - 59_000);
  // What is ended stays ended.
  expect(await settleReply(region.channels.outbox, word(must(delivery, 'one').id), { as: 'retry' })).toBe(
    false,
  );
});

test('an author whose message was parted again is not answered; the others are, and that is the publication', async () => {
  const { first, second } = await neighbours(6);
  await region.approve(first.incident, 'Будет');
  await region.person().do(second.incident, 'unmerge', {});
  await region.later(UNDO_MS);
  expect(
    region
      .answers()
      .filter(([text]) => text === 'Будет')
      .map(([, to]) => to),
  ).toContain(first.comment.id);
  expect((await sending(second.incident)).map(({ state }) => state)).toEqual(['cancelled']);
  expect((await region.incident(first.incident)).step.name).toBe('satisfaction');
});

test('a merge that was taken back holds up neither the others nor, merged again, its author', async () => {
  const [first, second, third] = [
    await region.comment(12, 121, 'Яма у школы'),
    await region.comment(12, 122, 'Яма у школы не закрыта'),
    await region.comment(12, 123, 'Опять эта яма'),
  ];
  const person = region.person();
  await person.do(third.incident, 'merge', { into: second.incident });
  const merge = () => person.envelope(second.incident, 'merge', { into: first.incident });
  const merged = merge();
  await person.push(merged);
  await region.approve(first.incident, 'Закроем');
  await makeDeliveries(region.channels.outbox, 'eao');
  // A person is asked what to do about the second author's; nothing would come of it, were he still asked.
  await withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx.updateTable('reply_send').set({ state: 'needs_you' }).where('origin', '=', second.incident).execute(),
  );
  expect((await person.do(second.incident, 'undo', { event: merged.id })).status).toBe('applied');
  await makeDeliveries(region.channels.outbox, 'eao');
  expect(await states(first.incident)).toEqual(['queued', 'cancelled', 'cancelled']);
  await person.push(merge());
  await makeDeliveries(region.channels.outbox, 'eao');
  expect(await states(first.incident)).toEqual(['queued', 'queued', 'queued']);
  await region.later(UNDO_MS);
  const to = region.answers().filter(([text]) => text === 'Закроем');
  expect(to).toHaveLength(3);
  expect(new Set(to.map(([, comment]) => comment))).toEqual(
    new Set([first, second, third].map(({ comment }) => comment.id)),
  );
  expect((await region.incident(first.incident)).step.name).toBe('satisfaction');
});

test('who was merged into a message that was parted is not answered with the one it was parted from', async () => {
  const { first, second, third } = await neighbours(13);
  await region.approve(first.incident, 'Починено');
  await makeDeliveries(region.channels.outbox, 'eao');
  await region.person().do(second.incident, 'unmerge', {});
  region.clock.ahead += UNDO_MS;
  await sendDueReplies(region.channels.outbox, 'eao');
  const to = region.answers().filter(([text]) => text === 'Починено');
  expect(to.map(([, comment]) => comment)).toEqual([first.comment.id]);
  expect((await sending(third.incident)).map(({ state }) => state)).toEqual(['cancelled']);
  expect((await region.incident(first.incident)).step.name).toBe('satisfaction');
});

test('a late word about an earlier reply does not publish the one that waits now', async () => {
  const { incident } = await region.comment(11, 111, 'Первый вопрос');
  await region.approve(incident, 'Первый ответ');
  const [first] = await sending(incident);
  const person = region.person();
  const byHand = { at: Date.now(), link: '', account: 'Я', hasMedia: false };
  await person.do(incident, 'recordPublication', byHand);
  await region.later(0);
  await person.do(incident, 'reopen', { reason: 'снова' });
  await region.approve(incident, 'Второй ответ');
  const link = 'https://vk.com/wall-777_11?reply=1';
  expect(await settleReply(region.channels.outbox, word(must(first, 'a row').id), { as: 'sent', link })).toBe(
    true,
  );
  const { step, replies } = await region.incident(incident);
  expect([step.name, replies.at(-1)?.state]).toEqual(['publishing', 'approved']);
});

test('a reply taken back can be sent after all, and one published by hand is not sent', async () => {
  const { incident } = await region.comment(7, 71, 'Вопрос');
  await region.approve(incident, 'Ответ на вопрос');
  const [queued] = await sending(incident);
  const { id } = must(queued, 'a reply');
  expect(await settleReply(region.channels.outbox, word(id), { as: 'retry' })).toBe(false);
  expect(await cancelReply(region.channels.outbox, 'eao', id, 'approver-1')).toBe(true);
  await region.later(UNDO_MS);
  expect(region.answers().some(([text]) => text === 'Ответ на вопрос')).toBe(false);
  expect(await settleReply(region.channels.outbox, word(id), { as: 'retry' })).toBe(true);
  await region.later(0);
  expect(region.answers().some(([text]) => text === 'Ответ на вопрос')).toBe(true);

  const hand = await region.comment(8, 81, 'Ещё вопрос');
  await region.approve(hand.incident, 'Ответ вручную');
  const args = { at: Date.now(), link: '', account: 'Я', hasMedia: false };
  expect((await region.person().do(hand.incident, 'recordPublication', args)).status).toBe('applied');
  await region.later(UNDO_MS);
  expect(await states(hand.incident)).toEqual(['cancelled']);
  expect(region.answers().some(([text]) => text === 'Ответ вручную')).toBe(false);
});

test('an observer reads neither the author nor those of merged messages', async () => {
  const { first } = await neighbours(9);
  await region.comment(9, 93, 'И ещё');
  const observer = sessionOfRole('observer');
  const whole = must(await incidentWithEvents(region.base.db, observer, first.incident), 'the incident');
  const shown = whole.incident;
  expect(shown.author).toEqual({ name: '', url: '' });
  expect(shown.messages.map(({ text, author }) => [text, author])).toEqual([['И ещё', undefined]]);
  expect(JSON.stringify(whole)).not.toContain('id93');
});

test('a page that is switched off sends nothing and says so', async () => {
  const { incident } = await region.comment(10, 101, 'Кто здесь?');
  await withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx.updateTable('channel').set({ active: false }).where('id', '=', region.page).execute(),
  );
  await region.approve(incident, 'Никого');
  await region.later(UNDO_MS);
  expect((await sending(incident)).map(({ state, problem }) => [state, problem])).toEqual([
    ['needs_you', 'pult:page_off'],
  ]);
});

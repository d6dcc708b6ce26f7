import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { readReplyDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { readEventLog, rereadEvents } from '#server/channels/inbox/event-log.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import type { Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { readListedPages } from '#server/channels/pages/read-pages.ts';
import { makeDeliveries, UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { cancelReply } from '#server/channels/outbox/settle-reply.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { withScope } from '#server/store/database.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { directMessage, messageNew } from '#tests/fakes/vk-objects.ts';
import { exchangeViolations } from '#tests/helpers/vk-schema.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import {
  approveAnswer,
  incidentsOf,
  startRegion,
  storedIncidents,
  type ChannelRegion,
} from '#tests/helpers/channel-region.ts';
import { sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import {
  freshVk,
  VK_GROUP as GROUP,
  VK_SECRET as SECRET,
  VK_TOKENS as TOKENS,
} from '#tests/helpers/vk-channel.ts';

let region: ChannelRegion;
let base: FreshDatabase;
let fake: FakeVk;
/** Violations of VK's own schema in calls and answers of all tests, and how many exchanges there were. */
const strange: string[] = [];
let exchanges = 0;
let channels: Channels;
let page: string;

beforeAll(async () => {
  region = await startRegion({ publicUrl: null });
  ({ base, channels } = region);
});

beforeEach(async () => {
  region.clock.ahead = 0;
  await fake?.stop();
  fake = new FakeVk({ group: GROUP, ...TOKENS });
  page = await channels.pages.add('eao', freshVk({ baseUrl: await fake.start() }));
  fake.callbackUrl = `https://pult.example/api/v1/channels/eao/${page}/callback`;
});

afterEach(() => {
  strange.push(...exchangeViolations(fake.exchanges));
  exchanges += fake.exchanges.length;
});

afterAll(async () => {
  await fake.stop();
  await region.stop();
});

async function call(body: string | Buffer, id = page): Promise<{ status: number; text: string }> {
  const answer = await region.api.inject({
    method: 'POST',
    url: `/api/v1/channels/eao/${id}/callback`,
    headers: { 'content-type': 'application/json' },
    payload: body,
  });
  return { status: answer.statusCode, text: answer.body };
}

const OK = { status: 200, text: 'ok' };
let events = 0;
const nextId = (): string => `event-${(events += 1)}`;
const newComment = (object: object, id = nextId()): string =>
  fake.event('wall_reply_new', object, id, SECRET);

async function arrive(...bodies: (string | Buffer)[]): Promise<Incident[]> {
  for (const body of bodies) expect(await call(body)).toEqual(OK);
  return incidentsOf(region, page);
}

const mine = async () =>
  must(
    (await readListedPages(base.db, 'eao')).find(({ id }) => id === page),
    'the page',
  );

test('answers a confirmation with and without the secret, and nobody else', async () => {
  const confirmation = { type: 'confirmation', group_id: GROUP };
  expect(await call(JSON.stringify(confirmation))).toEqual({ status: 200, text: 'c0nf1rm' });
  expect(await call(JSON.stringify({ ...confirmation, secret: SECRET }))).toEqual({
    status: 200,
    text: 'c0nf1rm',
  });
  expect((await call(JSON.stringify({ ...confirmation, secret: 'другой' }))).status).toBe(403);
  expect((await call(JSON.stringify({ ...confirmation, group_id: 778 }))).status).toBe(403);
  const comment = fake.comment(5, 10, 'Яма');
  expect((await call(fake.event('wall_reply_new', comment, 'x', 'wrong'))).status).toBe(403);
  expect((await call('не JSON')).status).toBe(400);
  expect((await call(newComment(comment), '00000000-0000-4000-8000-000000000000')).status).toBe(404);
  expect(await arrive()).toEqual([]);
});

test('makes an incident of a comment once, joins the author’s next words, knows its own', async () => {
  const first = fake.comment(5, 10, 'Яма на дороге 🕳️ שלום');
  const again = newComment(first, 'event-repeated');
  const second = fake.comment(5, 10, 'И люк открыт');
  const other = fake.comment(5, 11, 'У нас тоже');
  const own = { ...fake.comment(5, -GROUP, 'Спасибо'), from_id: -GROUP };
  const all = await arrive(
    again,
    again,
    newComment(first),
    newComment(second),
    newComment(other),
    newComment(own),
  );
  expect(all.map(({ text, messages }) => [text, messages.map((message) => message.text)])).toEqual([
    ['Яма на дороге 🕳️ שלום', ['И люк открыт']],
    ['У нас тоже', []],
  ]);
  expect(all[0]?.source).toMatchObject({
    network: 'vk',
    kind: 'comment',
    url: 'https://vk.com/wall-777_5?reply=101',
  });
  expect(all[0]?.number).toBeTypeOf('number');
  expect((await readEventLog(base.db, 'eao', page)).map(({ reason }) => reason)).toEqual(['own']);
});

test('keeps our copy when the original is edited or deleted', async () => {
  const comment = fake.comment(5, 10, 'Нет воды');
  const gone = { owner_id: -GROUP, id: comment.id, user_id: 1, post_id: 5 };
  const [incident] = await arrive(
    newComment(comment),
    fake.event('wall_reply_edit', { ...comment, text: 'Нет воды и тепла' }, nextId(), SECRET),
    fake.event('wall_reply_edit', { ...comment, text: 'Нет воды и тепла' }, nextId(), SECRET),
    fake.event('wall_reply_delete', gone, nextId(), SECRET),
  );
  expect(incident?.text).toBe('Нет воды');
  expect(incident?.sourceChanges?.map(({ text }) => text)).toEqual(['Нет воды и тепла', null]);
});

test('survives bad input and loses none of it', async () => {
  const far = { ...fake.comment(6, 20, 'Из будущего'), date: Date.UTC(2100, 5, 1) / 1000 };
  const long = { ...fake.comment(6, 21, 'я'.repeat(524_288)) };
  const torn = Buffer.from(newComment({ ...fake.comment(6, 22, 'ТУТ разбито') }));
  torn.set([0xff, 0xfe], torn.indexOf('ТУТ'));
  const wide = newComment(fake.comment(6, 23, 'Большой номер')).replace(/"id":\d+/, '"id":98211023614189660');
  const all = await arrive(
    newComment(far),
    newComment(long),
    torn,
    wide,
    fake.event('market_order_new', { id: 1 }, nextId(), SECRET),
    fake.event('wall_reply_new', { id: 'не число' }, nextId(), SECRET),
    fake.event(
      'wall_reply_new',
      { ...fake.comment(6, 24, ' '), attachments: [{ type: 'photo' }] },
      nextId(),
      SECRET,
    ),
    fake.event(
      'message_new',
      messageNew(directMessage({ id: 9, from: 25, text: 'Лично' })),
      nextId(),
      SECRET,
    ),
  );
  expect(all.map(({ text }) => text.slice(0, 20))).toEqual([
    'Из будущего',
    'я'.repeat(20),
    expect.stringContaining('\uFFFD'),
    'Большой номер',
    '[Фотография]',
    'Лично',
  ]);
  expect(all[0]?.createdAt).toBeLessThanOrEqual(Date.now());
  expect(all[1]?.text).toHaveLength(100_000);
  expect(all[3]?.source.url).toContain('98211023614189660');
  const log = await readEventLog(base.db, 'eao', page);
  expect(log.map(({ state, reason }) => [state, reason])).toEqual([
    ['failed', 'unreadable:ZodError'],
    ['unknown', 'unknown_kind'],
  ]);
  expect(await rereadEvents(base.db, 'eao', page)).toBe(2);
  expect(await arrive()).toHaveLength(6);
  expect(await readEventLog(base.db, 'eao', page)).toEqual(log);
});

test('recovers from a gap what no callback brought, each comment once', async () => {
  const comment = fake.comment(7, 30, 'Дошло само');
  await arrive(newComment(comment));
  const missed = Array.from({ length: 130 }, (_, index) =>
    fake.comment(7 + (index % 2), 31 + index, `Пропущено ${index}`),
  );
  const channel = must(await channels.pages.find('eao', page), 'the page');
  // A turn too early by VK's clock ends nothing.
  fake.failNext('wall.getComments', 6);
  await catchUp(channels.inbox, channel, 0);
  expect(await arrive()).toHaveLength(131);
  expect(await mine()).toMatchObject({ recovered: 130, trouble: null });
  // The callbacks come after all.
  expect(await arrive(...missed.slice(0, 5).map((comment) => newComment(comment)))).toHaveLength(131);
  await catchUp(channels.inbox, channel, 0);
  expect(await arrive()).toHaveLength(131);
  expect((await mine()).recovered).toBe(130);
  fake.failNext('wall.get', 5);
  await catchUp(channels.inbox, channel, 0);
  expect((await mine()).trouble).toEqual({ kind: 'token_dead', detail: 'vk:5' });
});

/** An incident from a comment, answered and approved. */
async function approved(author: number, text: string): Promise<{ id: string; comment: number }> {
  const comment = fake.comment(9, author, 'Когда починят?');
  const all = await arrive(newComment(comment));
  const { id } = must(
    all.find(({ author: { url } }) => url.endsWith(`/id${author}`)),
    'the incident',
  );
  await approveAnswer(region, id, text);
  return { id, comment: comment.id };
}

const answers = (): unknown[] =>
  fake.comments
    .filter(({ from_id: from }) => from === -GROUP)
    .map(({ text, reply_to_comment: to }) => [text, to]);

async function later(ms: number) {
  region.clock.ahead += ms;
  await makeDeliveries(channels.outbox, 'eao');
  await sendDueReplies(channels.outbox, 'eao');
}

test('publishes an approved reply once, after the time to undo it, and hears the thanks', async () => {
  const { id, comment } = await approved(40, 'Починим в мае');
  await later(0);
  expect(answers()).toEqual([]);
  await later(UNDO_MS);
  await later(UNDO_MS);
  expect(answers()).toEqual([['Починим в мае', comment]]);
  const [sent] = await readReplyDeliveries(base.db, 'eao', id);
  expect(sent).toMatchObject({ state: 'sent', link: expect.stringContaining('wall-777_9?reply=') });
  const [after] = await arrive(newComment(fake.comment(9, 40, 'Спасибо!')));
  expect(after).toMatchObject({ step: { name: 'satisfaction' }, messages: [{ text: 'Спасибо!' }] });
  expect(after?.replies[0]).toMatchObject({ state: 'published', account: 'ЦУР', link: sent?.link });
  const operator = new TestClient(base.db, sessionOfRole('operator'));
  await operator.do(id, 'setOutcome', { type: 'solvable', outcome: 'solved' });
  const closed = await operator.do(id, 'close', { reason: 'author_pleased', grade: null, seenMessages: 1 });
  expect(closed.status).toBe('applied');
});

test('sends once though the answer of the network was lost, and though the sender died', async () => {
  const { id } = await approved(41, 'Уже чиним');
  fake.failNext('wall.createComment', 'cut');
  await later(UNDO_MS);
  expect((await readReplyDeliveries(base.db, 'eao', id))[0]).toMatchObject({
    state: 'waiting',
    problem: 'vk:unreachable',
  });
  await later(40_000);
  expect(answers()).toHaveLength(1);
  expect((await readReplyDeliveries(base.db, 'eao', id))[0]?.state).toBe('sent');

  const second = await approved(42, 'Тоже чиним');
  await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('reply_send')
      .set({ state: 'sending', changed_at: Date.now() + region.clock.ahead })
      .where('incident_id', '=', second.id)
      .execute(),
  );
  await later(UNDO_MS);
  expect(answers()).toHaveLength(1);
  await later(60_000);
  expect(answers()).toHaveLength(2);
});

test('waits when VK asks for it, calls for a person when only a person can help, takes back in time', async () => {
  const { id } = await approved(43, 'Ответ');
  fake.failNext('wall.createComment', 9, 14);
  await later(UNDO_MS);
  const [waiting] = await readReplyDeliveries(base.db, 'eao', id);
  expect(waiting).toMatchObject({ state: 'waiting', problem: 'vk:9' });
  expect(must(waiting, 'the reply').notBefore).toBeGreaterThan(Date.now() + region.clock.ahead + 9 * 60_000);
  await later(10 * 60_000 + 1000);
  expect((await readReplyDeliveries(base.db, 'eao', id))[0]).toMatchObject({
    state: 'needs_you',
    problem: 'vk:14',
  });
  expect((await mine()).trouble).toEqual({ kind: 'captcha', detail: 'vk:14' });

  const undone = await approved(44, 'Передумали');
  const [queued] = await readReplyDeliveries(base.db, 'eao', undone.id);
  expect(await cancelReply(channels.outbox, 'eao', must(queued, 'the reply').id)).toBe(true);
  await later(UNDO_MS);
  expect(answers()).toEqual([]);
  expect(await cancelReply(channels.outbox, 'amur', must(waiting, 'the reply').id)).toBe(false);
});

test('says in words what a community lacks', async () => {
  const channel = must(await channels.pages.find('eao', page), 'the page');
  const check = () => must(channels.pages.connector('vk'), 'VK').check(channel, paceOf(base.db, 'eao'));
  expect(await check()).toEqual([]);
  fake.settings.api_version = '5.95';
  fake.settings.events['wall_reply_edit'] = 0;
  expect(await check()).toEqual([
    { kind: 'old_version', detail: '5.95' },
    { kind: 'events_off', detail: 'wall_reply_edit' },
  ]);
  fake.callbacks.confirmation = '0a1b2c3d';
  fake.callbackUrl = 'https://elsewhere.example/';
  expect(await check()).toEqual([
    { kind: 'no_callback', detail: '' },
    { kind: 'wrong_confirmation', detail: '0a1b2c3d' },
  ]);
  fake.failNext('groups.getCallbackServers', 5);
  expect(await check()).toEqual([{ kind: 'token_dead', detail: 'vk:5' }]);
});

test('stores a burst completely, each event once, and keeps secrets to itself', async () => {
  const bodies = Array.from({ length: 600 }, (_, index) =>
    newComment(fake.comment(12, 50, `Поток ${index}`)),
  );
  const twice = [...bodies, ...bodies];
  const results = await Promise.all(twice.map((body) => call(body)));
  expect(new Set(results.map(({ text }) => text))).toEqual(new Set(['ok']));
  const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('channel_event').select('raw').where('channel_id', '=', page).execute(),
  );
  expect(rows).toHaveLength(600);
  // What was stored waits for the next start when this one is asked to stop.
  await drain(channels.inbox, 'eao', AbortSignal.abort());
  expect(await storedIncidents(region, page)).toEqual([]);
  const stored = await base.owner
    .selectFrom('channel')
    .select('secrets')
    .execute()
    .then((all) => JSON.stringify(all));
  for (const secret of [...Object.values(TOKENS), SECRET]) {
    expect(stored).not.toContain(secret);
    expect(region.logged.join('\n')).not.toContain(secret);
  }
});

test('every call above, and every answer of the fake, is by VK’s schema', () => {
  expect(strange).toEqual([]);
  expect(exchanges).toBeGreaterThan(10);
});

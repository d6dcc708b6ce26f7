import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { readEventLog } from '#server/channels/inbox/event-log.ts';
import { buildApp } from '#server/api/app.ts';
import type { Api } from '#server/api/api.ts';
import { makeChannels, type Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { makeDeliveries, UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { vk } from '#server/channels/networks/vk/vk.ts';
import { withScope } from '#server/store/database.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';
import { freshVk, VK_GROUP as GROUP, VK_SECRET, VK_TOKENS } from '#tests/helpers/vk-channel.ts';

/** VK, were it a network that does not know a repeat of its own. */
const keyless = { ...vk, knowsRepeats: false };

let base: FreshDatabase;
let queries = 0;
let channels: Channels;
let api: Api;
let fake: FakeVk;
let page: string;
const clock = { ahead: 0 };

beforeAll(async () => {
  base = await syncDatabase();
  const counting = base.db.withPlugin({
    transformQuery: ({ node }) => ((queries += 1), node),
    transformResult: async ({ result }) => result,
  });
  const now = (): number => Date.now() + clock.ahead;
  channels = makeChannels({
    db: counting,
    now,
    key: randomBytes(32),
    publicUrl: null,
    connectors: { vk: keyless },
  });
  api = await buildApp({
    db: base.db,
    channels,
    now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: () => undefined },
    logLevel: 'silent',
  });
});

beforeEach(async () => {
  clock.ahead = 0;
  await fake?.stop();
  fake = new FakeVk({ group: GROUP, ...VK_TOKENS });
  page = await channels.pages.add('eao', freshVk({ baseUrl: await fake.start() }));
});

afterAll(async () => {
  await fake.stop();
  await api.close();
  await base.stop();
});

async function call(path: string, payload: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await api.inject({ method: 'POST', url: `/api/v1/channels/${path}/callback`, headers, payload }))
    .statusCode;
}

let events = 0;
const event = (object: object, secret = VK_SECRET, type = 'wall_reply_new'): string =>
  fake.event(type, object, `edge-${(events += 1)}`, secret);

test('a flood of strangers is no work for the database', async () => {
  expect(await call(`eao/${page}`, event(fake.comment(1, 10, 'Свой')))).toBe(200);
  expect(queries).toBeGreaterThan(0);
  queries = 0;
  const comment = fake.comment(1, 10, 'Чужой');
  const strangers = Array.from({ length: 300 }, (_, index) => [
    call(`eao/${page}`, event(comment, 'guessed-secret')),
    call(`eao/${page}`, event(comment).replace(`"group_id":${GROUP}`, '"group_id":778')),
    call(`eao/${page}`, '{"type":'),
    call(`eao/${randomUUID()}`, event(comment)),
    call(`region${index}/${page}`, event(comment)),
  ]).flat();
  const statuses = new Map<number, number>();
  for (const status of await Promise.all(strangers)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  expect(Object.fromEntries(statuses)).toEqual({ 400: 300, 403: 600, 404: 600 });
  expect(queries).toBe(0);
  expect(await call(`eao/${page}`, event(fake.comment(1, 11, 'Снова свой')))).toBe(200);
});

test('bytes that are no text, numbers too wide and old repeats do not crash the receiver', async () => {
  const old = event({ ...fake.comment(2, 20, 'Старое'), date: Math.floor(Date.now() / 1000) - 300 * 86_400 });
  const lone = event(fake.comment(2, 21, 'Рваный \uD83D знак \u0000 и ноль'));
  const rtl = event(fake.comment(2, 22, '\u202Eשלום\u202C 👩‍👩‍👧‍👦'));
  const wide = event(fake.comment(2, 23, 'Широкий')).replace(`"from_id":23`, '"from_id":9007199254740993');
  for (const body of [old, old, lone, rtl, wide, old]) expect(await call(`eao/${page}`, body)).toBe(200);
  await drain(channels.inbox, 'eao');
  const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('channel_message')
      .innerJoin('incident', 'incident.id', 'channel_message.incident_id')
      .select(['channel_message.text', 'incident.row'])
      .where('channel_id', '=', page)
      .orderBy('channel_message.key')
      .execute(),
  );
  expect(rows.map(({ text }) => text)).toEqual([
    'Старое',
    expect.stringContaining('Рваный'),
    '\u202Eשלום\u202C 👩‍👩‍👧‍👦',
    'Широкий',
  ]);
  expect(JSON.stringify(rows[3]?.row)).toContain('https://vk.com/id9007199254740993');
  expect(await readEventLog(base.db, 'eao', page)).toEqual([]);
});

/** A comment answered and approved; gives the incident. */
async function approved(author: number): Promise<string> {
  expect(await call(`eao/${page}`, event(fake.comment(3, author, 'Когда?')))).toBe(200);
  await drain(channels.inbox, 'eao');
  const row = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('channel_message')
      .select('incident_id')
      .where('channel_id', '=', page)
      .where('thread', 'like', `%:${author}`)
      .executeTakeFirstOrThrow(),
  );
  const id = must(row.incident_id, 'an incident');
  const operator = new TestClient(base.db, sessionOfRole('approver'));
  await operator.do(id, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' });
  await operator.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  await operator.do(id, 'takeToWork', {});
  await operator.do(id, 'draftReply', { text: 'Завтра', kind: 'final', promises: [] });
  await operator.do(id, 'submitForApproval', {});
  await operator.approve(id, 'Завтра');
  await makeDeliveries(channels.outbox, 'eao');
  return id;
}

async function stateOf(incident: string): Promise<string | undefined> {
  clock.ahead += UNDO_MS;
  await sendDueReplies(channels.outbox, 'eao');
  const row = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('reply_send').select('state').where('incident_id', '=', incident).executeTakeFirst(),
  );
  return row?.state;
}

const published = (): number => fake.comments.filter(({ from_id: from }) => from === -GROUP).length;

test('a network that knows no repeats: a lost answer and a dead sender are possibly sent, and never sent again', async () => {
  const cut = await approved(30);
  fake.failNext('wall.createComment', 'cut');
  expect(await stateOf(cut)).toBe('possibly_sent');
  clock.ahead += 3_600_000;
  expect(await stateOf(cut)).toBe('possibly_sent');
  expect(published()).toBe(1);

  const dead = await approved(31);
  await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.updateTable('reply_send').set({ state: 'sending' }).where('incident_id', '=', dead).execute(),
  );
  clock.ahead += 120_000;
  expect(await stateOf(dead)).toBe('possibly_sent');
  expect(published()).toBe(1);
});

test('a place where the community’s token may not answer is left to a person', async () => {
  const comment = {
    id: 5,
    from_id: 40,
    date: 1_700_000_000,
    text: 'Под фото',
    photo_id: 8,
    photo_owner_id: -GROUP,
  };
  expect(await call(`eao/${page}`, event(comment, VK_SECRET, 'photo_comment_new'))).toBe(200);
  await drain(channels.inbox, 'eao');
  expect(
    await vk.send(
      must(await channels.pages.find('eao', page), 'the page'),
      {
        key: 'k',
        text: 'Ответ',
        target: { kind: 'comment', owner: `-${GROUP}`, post: 'photo8', comment: '5' },
        files: [],
      },
      async () => undefined,
    ),
  ).toEqual({ kind: 'needs_you', problem: 'vk:by_hand', trouble: null });
  expect(fake.calls).toEqual([]);
});

test('metrics count events and replies of a network by what became of them', async () => {
  expect(await call(`eao/${page}`, event({ id: 1 }, VK_SECRET, 'market_order_new'))).toBe(200);
  expect(await call(`eao/${page}`, event({ id: 'x' }))).toBe(200);
  expect(await call(`eao/${page}`, event({ user_id: 1 }, VK_SECRET, 'message_allow'))).toBe(200);
  await drain(channels.inbox, 'eao');
  const { body } = await api.inject('/metrics');
  for (const state of ['unknown', 'failed', 'logged', 'done'])
    expect(body).toMatch(new RegExp(`pult_channel_events\\{network="vk",state="${state}"\\} [1-9]`));
  expect(body).toMatch(/pult_channel_replies\{network="vk",state="possibly_sent"\} 2/);
});

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { makeChannels } from '#server/channels/channels.ts';
import { pollOnce } from '#server/channels/inbox/polling.ts';
import { withScope } from '#server/store/database.ts';
import { person } from '#tests/fakes/max-channel.ts';
import { FakeMax, type Carry } from '#tests/fakes/max.ts';
import { CHANNEL, MaxPages, PUBLIC, SECRET, TOKEN } from '#tests/helpers/max-pages.ts';

let pages: MaxPages;
let fake: FakeMax;

beforeAll(async () => {
  pages = await MaxPages.start();
});
beforeEach(async () => {
  await pages.begin();
  ({ fake } = pages);
});
afterEach(() => pages.end());
afterAll(() => pages.stop());

const carry: Carry = (...call) => pages.carry(...call);
const call = (payload: string | Buffer, headers: object = { 'x-max-bot-api-secret': SECRET }) =>
  pages.api
    .inject({
      method: 'POST',
      url: `/api/v1/channels/eao/${pages.page.id}/callback`,
      headers: { ...headers },
      payload,
    })
    .then(({ statusCode }) => statusCode);

/** Subscribes the page as the watchdog does. */
const subscribe = () => catchUp(pages.channels.inbox, pages.page, 0);

test('takes in every kind once, joins the author’s words under a post, knows its own', async () => {
  await subscribe();
  const post = fake.post('Расчистка дорог');
  const first = fake.comment(post, person(7), 'Яма на дороге 🕳️ שלום');
  fake.comment(post, person('98211023614189660'), 'У нас тоже');
  fake.comment(post, person(7), 'И люк открыт', { to: first.body.mid });
  fake.comment(post, { ...person(501), is_bot: true }, 'Починим');
  fake.comment(post, null, 'Починим');
  fake.say('900', person(8), 'Лично');
  fake.tell('bot_started', { chat_id: '900', user: person(8), payload: null });
  await fake.deliver(carry, 'twice');
  // A kind of tomorrow, which nobody subscribed to.
  expect(await call(JSON.stringify({ update_type: 'poll_finished', timestamp: 1 }))).toBe(200);
  expect(await pages.texts()).toEqual([['Яма на дороге 🕳️ שלום', 'И люк открыт'], ['У нас тоже'], ['Лично']]);
  expect((await pages.reasons()).toSorted()).toEqual([
    'logged:own',
    'logged:own',
    'logged:own',
    'logged:service',
    'unknown:unknown_kind',
  ]);
  // What MAX numbers with 64 bits is stored as it came.
  const { raw } = await withScope(pages.base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('channel_event')
      .select('raw')
      .where('channel_id', '=', pages.page.id)
      .where('key', 'like', `comment_created:${first.body.mid}%`)
      .executeTakeFirstOrThrow(),
  );
  expect(raw).toContain(`"seq":${first.body.seq}`);
});

test('keeps our copy when the original is edited or deleted, in whatever order that is told', async () => {
  await subscribe();
  const post = fake.post('Отопление');
  const comment = fake.comment(post, person(7), 'Нет воды');
  await fake.deliver(carry);
  fake.edit(comment, 'Нет воды и тепла');
  fake.remove(comment);
  await fake.deliver(carry, 'twice');
  const other = fake.comment(post, person(8), 'Холодно');
  fake.edit(other, 'Очень холодно');
  await fake.deliver(carry, 'backwards');
  const [kept, late] = await pages.incidents();
  expect(kept?.text).toBe('Нет воды');
  expect(kept?.sourceChanges?.map(({ text }) => text)).toEqual(['Нет воды и тепла', null]);
  // The edit came first: it is the message, and the older words change nothing.
  expect([late?.text, late?.sourceChanges ?? []]).toEqual(['Очень холодно', []]);
});

test('believes nobody without the secret, and stores a flood of strangers nowhere', async () => {
  const body = JSON.stringify({ update_type: 'message_created', timestamp: 1, message: {} });
  const strangers = [{}, { 'x-max-bot-api-secret': 'wrong' }, { authorization: SECRET }];
  const flood = Array.from({ length: 300 }, (_, index) => call(body, strangers[index % 3]));
  expect(new Set(await Promise.all(flood))).toEqual(new Set([403]));
  expect(await pages.incidents()).toEqual([]);
  expect((await pages.health()).lastEventAt).toBeNull();
  // Another page of ours has another secret.
  const other = await pages.add({ secret: 'another-secret' });
  const { statusCode } = await pages.api.inject({
    method: 'POST',
    url: `/api/v1/channels/eao/${other.id}/callback`,
    headers: { 'x-max-bot-api-secret': SECRET },
    payload: body,
  });
  expect(statusCode).toBe(403);
});

test('survives bad input, confirms it, and loses none of it', async () => {
  await subscribe();
  const post = fake.post('Пост');
  fake.comment(post, person(1), 'Из будущего', { at: Date.UTC(2100, 5, 1) });
  fake.comment(post, person(2), 'я'.repeat(524_288));
  fake.comment(post, person(3, ''), 'Удалённый');
  fake.tell('comment_created', { message: { body: { mid: 'нет' } } });
  await fake.deliver(carry);
  expect(await call('не JSON')).toBe(200);
  const broken = JSON.stringify({
    update_type: 'message_created',
    timestamp: 1,
    message: fake.say('900', person(4), 'ТУТ'),
  });
  const bytes = Buffer.from(broken);
  bytes.set([0xff, 0xfe], bytes.indexOf('ТУТ'));
  expect(await call(bytes)).toBe(200);
  const all = await pages.incidents();
  expect(all.map(({ text, author }) => [text.slice(0, 11), author.name])).toEqual([
    ['Из будущего', 'Житель 1'],
    ['я'.repeat(11), 'Житель 2'],
    ['Удалённый', 'id3'],
    [expect.stringContaining('\uFFFD'), 'Житель 4'],
  ]);
  expect(all[0]?.createdAt).toBeLessThanOrEqual(Date.now());
  expect(await pages.reasons()).toEqual([
    'failed:unreadable:SyntaxError',
    'failed:unreadable:ZodError',
    'logged:own',
  ]);
});

test('heals a subscription that MAX has ended, and the gap behind it', async () => {
  const elsewhere = { url: 'https://other.example/hook', secret: 'theirs', update_types: null, time: 1 };
  const stale = { ...elsewhere, url: `https://old.example/api/v1/channels/eao/${pages.page.id}/callback` };
  fake.subscriptions.push(elsewhere, stale);
  await subscribe();
  const ours = `${PUBLIC}/api/v1/channels/eao/${pages.page.id}/callback`;
  expect(fake.subscriptions.map(({ url }) => url)).toEqual([elsewhere.url, ours]);
  const post = fake.post('Пост');
  fake.comment(post, person(7), 'Не дошло');
  const isDown: Carry = (url) => Promise.resolve(url === ours ? 502 : 200);
  for (let hours = 0; hours < 9; hours += 0.5, fake.ahead += 1_800_000) await fake.deliver(isDown);
  expect(fake.subscriptions.map(({ url }) => url)).toEqual([elsewhere.url]);
  expect((await pages.check()).map(({ kind }) => kind)).toEqual(['no_callback', 'other_subscriptions']);
  await subscribe();
  expect(await pages.texts()).toEqual([['Не дошло']]);
  expect(await pages.health()).toMatchObject({ recovered: 1, trouble: null });
  expect(await pages.check()).toEqual([{ kind: 'other_subscriptions', detail: 'other.example' }]);
  // A second round changes nothing.
  fake.calls.length = 0;
  await subscribe();
  expect(fake.calls.filter((call) => /(?:POST|DELETE) subscriptions/.test(call))).toEqual([]);
});

test('says when MAX will not call our address, and reads all the same', async () => {
  fake.comment(fake.post('Пост'), person(7), 'Найдено');
  const odd = makeChannels({
    db: pages.base.db,
    now: Date.now,
    key: randomBytes(32),
    publicUrl: 'https://pult.example:8443',
  });
  await catchUp(odd.inbox, pages.page, 0);
  expect((await pages.health()).trouble).toEqual({
    kind: 'callback_address',
    detail: 'https://pult.example:8443',
  });
  expect(await pages.texts()).toEqual([['Найдено']]);
  fake.failNext('POST /subscriptions', 'not_done');
  await subscribe();
  expect((await pages.health()).trouble).toMatchObject({ kind: 'no_rights' });
});

test('recovers from a gap every comment once, though many came in one moment, and keeps MAX’s pace', async () => {
  await subscribe();
  const posts = Array.from({ length: 30 }, (_, index) => fake.post(`Пост ${index}`));
  const at = Date.now() - 60_000;
  for (let index = 0; index < 130; index += 1)
    fake.comment(must(posts[0], 'a post'), person(1000 + index), `Пропущено ${index}`, {
      at: at + Math.floor(index / 60),
    });
  fake.comment(must(posts[29], 'a post'), person(7), 'Под последним');
  fake.failNext('GET /messages/*/comments', { status: 503, code: 'service.unavailable' }, 'gateway');
  const updates = fake.updates.splice(0);
  await catchUp(pages.channels.inbox, pages.page, 0);
  expect(await pages.incidents()).toHaveLength(131);
  expect(await pages.health()).toMatchObject({ recovered: 131, trouble: null });
  // The webhook comes after all.
  fake.updates.push(...updates);
  await fake.deliver(carry);
  expect(await pages.incidents()).toHaveLength(131);
  fake.failNext('GET /messages', { status: 401, code: 'verify.token' });
  await catchUp(pages.channels.inbox, pages.page, 0);
  expect((await pages.health()).trouble).toEqual({ kind: 'token_dead', detail: 'max:verify.token' });
});

test('asks where nobody can call, and is told again what it was killed over', async () => {
  const pollPage = await pages.add({ reception: 'poll' });
  const stopping = new AbortController().signal;
  const post = fake.post('Пост');
  fake.comment(post, person(7), 'Первое');
  fake.comment(post, person(8), 'Второе');
  // Killed after the first event was stored: the position has not moved.
  const position = async (): Promise<string | null> =>
    withScope(pages.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('channel').select('position').where('id', '=', pollPage.id).executeTakeFirstOrThrow(),
    ).then((row) => row.position);
  const polled = await pages.connector.poll?.(pollPage, await position(), pages.pace, stopping);
  const { events } = must(polled, 'what was asked for');
  await pages.channels.inbox.events.write(pollPage, must(events[1], 'a comment'));
  expect(await position()).toBeNull();
  expect(await pollOnce(pages.channels.inbox, pollPage, pages.connector, stopping)).toBe(true);
  expect(await pages.texts(pollPage)).toEqual([['Первое'], ['Второе']]);
  expect(await position()).toBe(String(2n ** 60n + 3n));
  fake.comment(post, person(7), 'Третье');
  expect(await pollOnce(pages.channels.inbox, pollPage, pages.connector, stopping)).toBe(true);
  expect(await pages.texts(pollPage)).toEqual([['Первое', 'Третье'], ['Второе']]);
  fake.subscriptions.push({ url: 'https://other.example/', secret: 'theirs', update_types: null, time: 1 });
  const refused: unknown = await pollOnce(pages.channels.inbox, pollPage, pages.connector, stopping).catch(
    (error) => error,
  );
  expect(pages.connector.troubleOf(refused)).toMatchObject({ kind: 'polling_blocked' });
  expect((await pages.check(pollPage)).map(({ kind }) => kind)).toEqual([
    'polling_blocked',
    'other_subscriptions',
  ]);
});

test('says in words what a bot lacks', async () => {
  await subscribe();
  fake.post('Пост');
  expect(await pages.check()).toEqual([]);
  fake.member.permissions = ['edit', 'post_edit_delete_message'];
  expect(await pages.check()).toEqual([{ kind: 'rights_missing', detail: 'read_all_messages' }]);
  fake.member.is_admin = false;
  expect(await pages.check()).toEqual([{ kind: 'not_admin', detail: '' }]);
  Object.assign(fake.member, { is_admin: true, permissions: ['read_all_messages', 'write'] });
  fake.failNext('GET /messages/*/comments', { status: 403, code: 'comments.disabled' });
  expect(await pages.check()).toEqual([{ kind: 'comments_off', detail: 'max:comments.disabled' }]);
  fake.subscriptions = fake.subscriptions.map((subscription) => ({
    ...subscription,
    update_types: ['message_created'],
  }));
  expect(await pages.check()).toMatchObject([
    { kind: 'events_off', detail: expect.stringContaining('comment_created') },
  ]);
  await subscribe();
  expect(await pages.check()).toEqual([]);
  fake.chat.status = 'removed';
  expect(await pages.check()).toMatchObject([{ kind: 'no_such_page' }]);
  fake.failNext('GET /me', { status: 401, code: 'verify.token' });
  expect(await pages.check()).toEqual([{ kind: 'token_dead', detail: 'max:verify.token' }]);
});

test('trusts a private root for its own page alone', async () => {
  const file = (name: string): string =>
    readFileSync(new URL(`../../../../fakes/tls/${name}`, import.meta.url), 'utf8');
  const secure = new FakeMax(TOKEN, CHANNEL);
  const baseUrl = await secure.start({ tls: { key: file('server.key'), cert: file('server.pem') } });
  try {
    expect(await pages.check(await pages.add({ baseUrl }))).toMatchObject([{ kind: 'unknown_root' }]);
    const trusting = await pages.add({ baseUrl, certificate: file('root.pem'), reception: 'poll' });
    expect(await pages.check(trusting)).toEqual([]);
    expect(await pages.check(await pages.add({ baseUrl }))).toMatchObject([{ kind: 'unknown_root' }]);
  } finally {
    await secure.stop();
  }
});

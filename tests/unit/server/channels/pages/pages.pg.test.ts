import { afterAll, beforeAll, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { channelRulesSchema, type ChannelRules, type ChannelSettings } from '#shared/protocol/channels.ts';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { readEventLog, rereadEvents } from '#server/channels/inbox/event-log.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { PageHealthReader, silentSince } from '#server/channels/pages/page-health.ts';
import { takeWanted } from '#server/channels/inbox/drain.ts';
import { readListedPages } from '#server/channels/pages/read-pages.ts';
import { UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { removeOldEvents } from '#server/jobs/remove-old-events.ts';
import { withScope } from '#server/store/database.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import { registerArgs } from '#tests/helpers/sync-region.ts';
import { bearer, TEST_PASSWORD, tokenOf } from '#tests/helpers/test-api.ts';
import { GROUP, SECRET, TOKENS, VkRegion } from '#tests/helpers/vk-region.ts';

let region: VkRegion;

beforeAll(async () => {
  region = await VkRegion.start();
});

afterAll(() => region.stop());

const page = async () =>
  must(
    (await readListedPages(region.base.db, 'eao')).find(({ id }) => id === region.page),
    'the page',
  );

async function settings(change: Partial<ChannelSettings> = {}): Promise<ChannelSettings> {
  const { name, baseUrl, certificate, agency, reception, watch, rules } = await page();
  const secrets = {
    token: null,
    readToken: null,
    applicationKey: null,
    applicationSecret: null,
    secret: null,
    confirmation: null,
  };
  return { name, baseUrl, certificate, agency, reception, watch, rules, ...secrets, ...change };
}

const rule = (rules: Partial<ChannelRules>) => async (): Promise<void> => {
  const whole = channelRulesSchema.parse(rules);
  await region.channels.pages.edit('eao', region.page, await settings({ rules: whole }));
};

const reasons = async () =>
  (await readEventLog(region.base.db, 'eao', region.page)).map(({ reason }) => reason);

test('a rule keeps a message in the log with its name; without the rule it is read again; or one takes it', async () => {
  await rule({ stop: ['реклама', 'вступайте в группу'], ignore: ['vk.com/id13/'], off: ['direct'] })();
  await region.comment(1, 10, 'Продаю рекламу на остановках');
  await region.comment(1, 11, 'Вступайте в группу помощи');
  await region.comment(1, 12, 'Рекламация на ремонт: снова яма');
  await region.comment(1, 13, 'Опять я');
  const direct = { id: 9, date: 1_700_000_000, peer_id: 25, from_id: 25, text: 'Лично' };
  await region.arrive(['message_new', { message: direct }]);
  expect(await reasons()).toEqual([
    'kind_off:direct',
    'ignored_author',
    'stop_word:вступайте в группу',
    'stop_word:реклама',
  ]);
  const vk = must(region.channels.pages.connector('vk'), 'VK');
  const channel = must(await region.channels.pages.find('eao', region.page), 'the page');
  const log = await readEventLog(region.base.db, 'eao', region.page, (event) => vk.read(channel, event, []));
  expect(log.map(({ message }) => message?.text)).toEqual([
    'Лично',
    'Опять я',
    'Вступайте в группу помощи',
    'Продаю рекламу на остановках',
  ]);
  const wanted = { id: region.page, key: must(log.at(-1), 'the oldest').key };
  const incident = must(await takeWanted(region.channels.inbox, 'eao', wanted), 'an incident');
  expect((await region.incident(incident)).text).toBe('Продаю рекламу на остановках');
  expect(await takeWanted(region.channels.inbox, 'eao', wanted)).toBe(incident);
  expect(await takeWanted(region.channels.inbox, 'amur', wanted)).toBeNull();
  await rule({})();
  expect(await rereadEvents(region.base.db, 'eao', region.page)).toBe(3);
  await region.arrive();
  expect(await reasons()).toEqual([]);
});

test('a page is changed as a whole, its secrets only when they are given', async () => {
  const before = must(await region.channels.pages.find('eao', region.page), 'the page');
  const token = 'vk1.another-token';
  const changed = await settings({ name: 'Новое имя', agency: 'roads', watch: ['яма'], token });
  expect(await region.channels.pages.edit('eao', region.page, changed)).toBe(true);
  expect(await page()).toMatchObject({ name: 'Новое имя', agency: 'roads', watch: ['яма'], trouble: null });
  const { secrets } = must(await region.channels.pages.find('eao', region.page), 'the page');
  expect(secrets).toEqual({ ...before.secrets, token });
  expect(JSON.stringify(await page())).not.toContain(token);
  expect(await region.channels.pages.edit('amur', region.page, changed)).toBe(false);
  const back = await settings({ name: 'ЦУР', agency: null, watch: [], token: TOKENS.communityToken });
  await region.channels.pages.edit('eao', region.page, back);
});

test('a paused page takes in and sends nothing, keeps its network calm, and reads what came when it goes on', async () => {
  const { incident } = await region.comment(2, 20, 'Когда починят?');
  await region.approve(incident, 'Завтра');
  expect(await region.channels.pages.setState('eao', region.page, 'paused')).toBe(true);
  expect((await page()).state).toBe('paused');
  const meanwhile = region.fake.comment(2, 20, 'Писали на паузе');
  const body = Buffer.from(region.fake.event('wall_reply_new', meanwhile, 'while-paused', SECRET));
  const call = () =>
    receiveCall(region.channels.inbox, { region: 'eao', id: region.page, headers: {}, body });
  expect(await call()).toEqual({ status: 200, text: 'ok' });
  const wrong = Buffer.from(region.fake.event('wall_reply_new', meanwhile, 'stranger', 'guessed'));
  expect(
    (await receiveCall(region.channels.inbox, { region: 'eao', id: region.page, headers: {}, body: wrong }))
      .status,
  ).toBe(403);
  await region.arrive();
  expect(await reasons()).toEqual(['page_off']);
  await region.later(UNDO_MS);
  expect(region.answers()).toEqual([]);
  await region.channels.pages.setState('eao', region.page, 'archived');
  expect(await page()).toMatchObject({ state: 'archived', caughtUpAt: null });
  expect((await call()).status).toBe(404);
  await region.channels.pages.setState('eao', region.page, 'active');
  expect((await page()).state).toBe('active');
  await region.arrive();
  expect(await reasons()).toEqual([]);
  expect((await region.messages()).at(-1)).toMatchObject({ text: 'Писали на паузе', incident });
  expect(await region.channels.pages.setState('amur', region.page, 'active')).toBe(false);
});

const HOUR = 60 * 60_000;

test('silence is judged by a page’s own rhythm, and one outage does not hide the next', () => {
  const last = { last_event_at: 0, gaps: 100 };
  expect(silentSince({ ...last, usual: 5 * HOUR }, 9 * HOUR)).toBeNull();
  expect(silentSince({ ...last, usual: 5 * HOUR }, 11 * HOUR)).toBe(0);
  expect(silentSince({ ...last, usual: 1000 }, HOUR)).toBeNull();
  expect(silentSince({ ...last, usual: 1000 }, HOUR + 1)).toBe(0);
  expect(silentSince({ last_event_at: 0, gaps: 3, usual: 1000 }, 100 * HOUR)).toBeNull();
  expect(silentSince({ last_event_at: null, gaps: 0, usual: null }, HOUR)).toBeNull();
});

test('health tells the delay, the silence, the limit and what waits for a person', async () => {
  const start = region.clock.ahead;
  for (let minute = 0; minute < 30; minute += 1) {
    region.clock.ahead += 60_000;
    await region.comment(3, 300 + minute, `Сообщение ${minute}`);
  }
  const now = (): number => Date.now() + region.clock.ahead;
  const health = async () =>
    must((await new PageHealthReader(region.base.db, now).read('eao')).get(region.page), 'health');
  const lively = await health();
  expect(lively).toMatchObject({ silentSince: null, limitUntil: null });
  // The fake's clock stands where the region's began.
  expect(must(lively.delayMs, 'a delay')).toBeGreaterThanOrEqual(region.clock.ahead - start - 5000);
  region.clock.ahead += 2 * HOUR;
  expect((await health()).silentSince).not.toBeNull();
  const [first, second] = [await region.comment(4, 40, 'Раз'), await region.comment(4, 41, 'Два')];
  await region.approve(first.incident, 'Ответ раз');
  await region.approve(second.incident, 'Ответ два');
  const needed = (await health()).needsYou;
  region.fake.failNext('wall.createComment', 9, 14);
  await region.later(UNDO_MS);
  const held = await health();
  expect(held.needsYou).toBe(needed + 1);
  expect(must(held.limitUntil, 'a limit')).toBeGreaterThan(now() + 5 * 60_000);
});

test('by the API: who may change a page, who sees a photo, and no photo from a private address', async () => {
  const { api, base } = region;
  const headersOf = async (role: Role, agency: string | null = null) => {
    const account = { login: role, displayName: role, role, agency, password: TEST_PASSWORD };
    await createAccount(base.db, 'eao', account, Date.now());
    return bearer(await tokenOf(api, role));
  };
  const administrator = await headersOf('administrator');
  const operator = await headersOf('operator');
  const stranger = await headersOf('executor', 'heat');
  const url = `/api/v1/channels/${region.page}`;
  const payload = await settings({ name: 'По API' });
  const put = (headers: object) => api.inject({ method: 'PUT', url, headers: { ...headers }, payload });
  expect([(await put({})).statusCode, (await put(operator)).statusCode]).toEqual([401, 403]);
  expect((await put(administrator)).statusCode).toBe(200);
  const audit = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['action', 'detail']).where('action', '=', 'channel_edit').execute(),
  );
  expect(audit.map(({ detail }) => detail)).toMatchObject([
    { channel: region.page, secrets: [], after: { name: 'По API' } },
  ]);
  const listed = (await api.inject({ url: '/api/v1/channels', headers: operator })).json<{
    channels: object[];
  }>();
  expect(listed.channels).toMatchObject([
    { name: 'По API', state: 'active', health: { needsYou: expect.any(Number) } },
  ]);

  const id = uuidv7();
  const media = ['https://127.0.0.1/photo.jpg', 'http://169.254.169.254/latest'];
  await region.person().do(id, 'register', { ...registerArgs(), media });
  expect((await region.incident(id)).media).toEqual(media);
  const photo = async (n: number, headers: object) => {
    const answer = await api.inject({ url: `/api/v1/incidents/${id}/media/0/${n}`, headers: { ...headers } });
    return [answer.statusCode, answer.json<{ error: { detail?: object } }>().error.detail];
  };
  const unsafe = [404, { refusal: 'unsafe' }];
  expect([await photo(0, operator), await photo(1, operator)]).toEqual([unsafe, unsafe]);
  expect([await photo(2, operator), await photo(0, stranger)]).toEqual([
    [404, undefined],
    [404, undefined],
  ]);
  expect((await photo(0, {}))[0]).toBe(401);
});

test('old raw events go, batch by batch; messages, incidents and what was not read yet stay', async () => {
  const count = async (): Promise<number> => {
    const rows = await withScope(region.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('channel_event').select('key').execute(),
    );
    return rows.length;
  };
  const row = (n: number, state: 'done' | 'new') => ({
    region_id: 'eao',
    channel_id: region.page,
    key: `old-${n}`,
    kind: 'wall_reply_new',
    received_at: Date.now() - 100 * MS_PER_DAY,
    raw: '{}',
    state,
  });
  const old = Array.from({ length: 1201 }, (_, n) => row(n, n === 0 ? 'new' : 'done'));
  await withScope(region.base.db, { region: 'eao' }, async (tx) => {
    await tx.insertInto('channel_event').values(old).execute();
  });
  const before = await count();
  const { removedEvents } = region.channels.inbox;
  const jobs = { ...jobContext(region.base.db), removedEvents };
  await runJob(removeOldEvents, jobs);
  expect(await count()).toBe(before - 1200);
  expect(removedEvents.count).toBe(1200);
  await runJob(removeOldEvents, jobs);
  expect(removedEvents.count).toBe(1200);
  const metrics = await region.api.inject({ url: '/metrics' });
  expect(metrics.body).toContain('pult_channel_events_removed_total 1200');
  expect(String(GROUP)).toBe((await page()).pageId);
});

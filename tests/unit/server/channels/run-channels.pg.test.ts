import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { makeChannels } from '#server/channels/channels.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { runChannels } from '#server/channels/run-channels.ts';
import { FakeTelegram } from '#tests/fakes/telegram.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { until } from '#tests/e2e/harness/until.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';

const TOKEN = '7000001:a-token-of-a-slow-network';
const SECRET = 'a-secret-of-ours';
const GROUP = 777;

let desk: ChannelDesk;
const vk = new FakeVk({ group: GROUP, communityToken: 'vk1.community', readToken: 'vk1.reading' });
const slow = new FakeTelegram(TOKEN);
let page: Page;
let slowPage: Page;
const troubles: unknown[] = [];

const common = {
  name: 'ЦУР',
  certificate: null,
  agency: null,
  secret: SECRET,
  watch: [],
  rules: { stop: [], ignore: [], off: [] },
};

beforeAll(async () => {
  desk = await ChannelDesk.open();
  page = await desk.add({
    ...common,
    network: 'vk',
    baseUrl: await vk.start(),
    pageId: String(GROUP),
    token: 'vk1.community',
    readToken: 'vk1.reading',
    confirmation: 'c0nf1rm',
    reception: 'callback',
  });
  slowPage = await desk.add({
    ...common,
    network: 'telegram',
    baseUrl: await slow.start(),
    pageId: '-1001500000001',
    token: TOKEN,
    reception: 'callback',
  });
});

afterAll(async () => {
  await slow.stop();
  await vk.stop();
  await desk.close();
});

/** Questions of residents in the slow network, answered and approved; their ids. */
async function answeredSlowly(count: number): Promise<string[]> {
  const path = `/api/v1/channels/eao/${slowPage.id}/callback`;
  for (let id = 1; id <= count; id += 1) {
    const person = slow.addChat({ id, type: 'private', bot: 'member' });
    const message = slow.say(person, { from: { id, is_bot: false, first_name: 'Ирина' }, text: 'Где?' });
    const update = JSON.stringify({ update_id: id, message });
    await desk.call(path, update, { 'x-telegram-bot-api-secret-token': SECRET });
  }
  const incidents = await desk.incidents(slowPage);
  for (const { id } of incidents) await desk.approve(id, 'Едет');
  return incidents.map(({ id }) => id);
}

test('a network that says nothing holds up neither what others bring nor what goes out to them', async () => {
  // One after another they would take a minute.
  const waiting = await answeredSlowly(6);
  desk.pass(UNDO_MS);
  slow.failNext('getWebhookInfo', 'stall');
  slow.failNext('sendMessage', ...waiting.map(() => 'stall' as const));
  const comment = vk.comment(5, 10, 'Яма на дороге');

  const running = runChannels(desk.channels, (error) => void troubles.push(error));
  try {
    await until(
      'both calls of the slow page',
      () => slow.calls,
      (calls) => calls.includes('getWebhookInfo') && calls.includes('sendMessage'),
    );
    // Found by catching up, as no callback brought it.
    const [found] = await until(
      'the comment',
      () => desk.incidents(page),
      (all) => all.length > 0,
    );
    await desk.approve(must(found, 'the comment').id, 'Починим');
    desk.pass(UNDO_MS);
    const isAnswer = ({ reply_to_comment: to }: { reply_to_comment?: number }): boolean => to === comment.id;
    await until(
      'the reply',
      () => vk.comments,
      (comments) => comments.some(isAnswer),
    );
    expect(await Promise.all(waiting.map(async (id) => (await desk.sending(id)).state))).toContain('queued');
  } finally {
    await slow.stop();
    await running.stop();
    await slow.start();
  }
  const states = await Promise.all(waiting.map((id) => desk.sending(id)));
  expect(states[0]).toMatchObject({ state: 'possibly_sent' });
  // What never left is not in doubt: it goes out when the line stands again.
  expect(states.at(-1)).toMatchObject({ state: 'waiting', problem: 'telegram:unreachable' });
  expect((await desk.health(slowPage)).trouble).toEqual({ kind: 'unreachable', detail: '' });
  expect(troubles).toEqual([]);
});

test('where every page is switched off, what comes is logged and replies ask for a person', async () => {
  const comment = vk.comment(6, 20, 'Когда вывезут снег?');
  const tell = (key: string) =>
    desk.call(`/api/v1/channels/eao/${page.id}/callback`, vk.event('wall_reply_new', comment, key, SECRET));
  expect(await tell('before')).toEqual({ status: 200, text: 'ok' });
  const incident = must(
    (await desk.incidents(page)).find(({ text }) => text === comment.text),
    'the incident',
  );
  for (const { id } of [page, slowPage]) await desk.channels.pages.setState('eao', id, 'paused');
  await desk.approve(incident.id, 'Завтра');
  desk.pass(UNDO_MS);
  const running = runChannels(desk.channels, (error) => void troubles.push(error));
  try {
    expect(await tell('after')).toEqual({ status: 200, text: 'ok' });
    await until(
      'the log',
      () => desk.log(page),
      (lines) => lines.includes('wall_reply_new: page_off'),
    );
    expect(await desk.sending(incident.id)).toMatchObject({ state: 'needs_you', problem: 'pult:page_off' });
  } finally {
    await running.stop();
  }
  expect(troubles).toEqual([]);
});

test('many who ask for a page at once cost one look', async () => {
  let looks = 0;
  const db = desk.base.db.withPlugin({
    transformQuery: ({ node }) => ((looks += 1), node),
    transformResult: async ({ result }) => result,
  });
  const channels = makeChannels({ db, now: Date.now, key: randomBytes(32), publicUrl: null });
  await channels.pages.find('eao', randomUUID());
  const alone = looks;
  const id = randomUUID();
  const together = await Promise.all(Array.from({ length: 50 }, () => channels.pages.find('eao', id)));
  expect(together).toEqual(Array(50).fill(null));
  expect(looks).toBe(2 * alone);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { MS_PER_HOUR } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { newChannelSchema, type ChannelNetwork } from '#shared/protocol/channels.ts';
import { readEventLog, rereadEvents } from '#server/channels/inbox/event-log.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { withScope } from '#server/store/database.ts';
import { CASE_PAGES, SAME_AUTHOR, WEBHOOK_CASES } from '#tests/fixtures/webhook-cases.ts';
import { startRegion, storedIncidents, type ChannelRegion } from '#tests/helpers/channel-region.ts';

const SECRET = 'secret-1234';
const HEADERS = { 'x-telegram-bot-api-secret-token': SECRET, 'x-max-bot-api-secret': SECRET };

let region: ChannelRegion;
let address: string;

beforeAll(async () => {
  region = await startRegion();
  address = await region.api.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(() => region.stop());

/** A page that networks call, with this many hours in which words of one author are one case. */
function addPage(network: ChannelNetwork, togetherHours?: number): Promise<string> {
  const page = {
    network,
    name: 'ЦУР',
    baseUrl: 'http://127.0.0.1:1',
    pageId: CASE_PAGES[network],
    token: network === 'telegram' ? '7000001:a-token-of-a-bot' : 'a-token',
    secret: SECRET,
    togetherHours,
    ...(network === 'vk' && { confirmation: 'c0nf1rm' }),
  };
  return region.channels.pages.add('eao', newChannelSchema.parse(page));
}

/** A network calls the page over HTTP; what came is read. */
async function call(page: string, body: object): Promise<void> {
  const url = `${address}/api/v1/channels/eao/${page}/callback?secret=${SECRET}`;
  const headers = { ...HEADERS, 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  await drain(region.channels.inbox, 'eao');
}

/** The words of each incident and of what followed it. */
async function texts(page: string): Promise<string[][]> {
  const all = await storedIncidents(region, page);
  return all.map(({ text, messages }) => [text, ...messages.map((message) => message.text)]);
}

test.each(WEBHOOK_CASES)('$name comes over HTTP and stands on a card', async ({ network, body, words }) => {
  const page = await addPage(network);
  await call(page, body);
  const log = await readEventLog(region.base.db, 'eao', page);
  expect([await texts(page), log.map(({ state }) => state)]).toEqual(
    words === null ? [[], ['failed']] : [[[words]], []],
  );
});

/** An event about a resident's message, as each network tells it; two of them write at one place. */
const said = (network: ChannelNetwork, n: number, from: number, text: string, at: number): object => {
  const seconds = Math.floor(at / 1000);
  switch (network) {
    case 'vk': {
      const message = {
        id: 0,
        conversation_message_id: n,
        from_id: from,
        peer_id: 2_000_000_001,
        date: seconds,
        text,
      };
      return {
        type: 'message_new',
        group_id: 12_345,
        event_id: `e${n}`,
        secret: SECRET,
        object: { message },
      };
    }
    case 'telegram': {
      const chat = { id: -100_500, type: 'supergroup', title: 'Группа' };
      const user = { id: from, is_bot: false, first_name: `Житель ${from}` };
      return { update_id: n, message: { message_id: n, date: seconds, chat, from: user, text } };
    }
    case 'max': {
      const message = {
        sender: { user_id: from, first_name: `Житель ${from}`, is_bot: false },
        recipient: { chat_id: -69_729_329_042_751, chat_type: 'chat', user_id: null },
        timestamp: at,
        body: { mid: `mid.${n}`, seq: n, text },
      };
      return { update_type: 'message_created', timestamp: at, message };
    }
    case 'ok':
      return {
        webhookType: 'MESSAGE_CREATED',
        sender: { user_id: `user:${from}`, name: `Житель ${from}` },
        recipient: { chat_id: 'chat:C1' },
        message: { mid: `mid:${n}`, text },
        timestamp: at,
      };
  }
};

const NETWORKS: readonly ChannelNetwork[] = ['vk', 'telegram', 'max', 'ok'];

test.each(NETWORKS)(
  '%s: words of one resident within the time are one case, of two are two',
  async (network) => {
    const page = await addPage(network, 2);
    const now = Date.now() - 100 * MS_PER_HOUR;
    await call(page, said(network, 1, 42, 'Яма', now));
    await call(page, said(network, 2, 43, 'У нас тоже', now + 1000));
    await call(page, said(network, 3, 42, 'И люк', now + 2000));
    await call(page, said(network, 4, 42, 'И тротуар', now + 2 * MS_PER_HOUR));
    await call(page, said(network, 5, 42, 'Теперь свет', now + 5 * MS_PER_HOUR));
    expect(await texts(page)).toEqual([['Яма', 'И люк', 'И тротуар'], ['У нас тоже'], ['Теперь свет']]);
  },
);

test('four messages of one resident in a group of Telegram are one case; a page may keep them apart', async () => {
  const [together, apart] = [await addPage('telegram'), await addPage('telegram', 0)];
  for (const body of SAME_AUTHOR) {
    await call(together, body);
    await call(apart, body);
  }
  expect(await texts(together)).toEqual([
    ['часть 1 одного обращения', ...[2, 3, 4].map((n) => `часть ${n} одного обращения`)],
  ]);
  expect(await texts(apart)).toHaveLength(4);
});

/** A comment of VK's, and what became of it. */
const fate = (n: number, change: string, text = 'Продаю гараж'): object => ({
  type: `wall_reply_${change}`,
  group_id: 12_345,
  event_id: `fate${n}`,
  secret: SECRET,
  object:
    change === 'delete'
      ? { owner_id: -12_345, id: 5, post_id: 7, deleter_id: 42 }
      : { id: 5, from_id: 42, owner_id: -12_345, post_id: 7, date: 1_795_873_114, text },
});

async function setStop(page: string, stop: readonly string[]): Promise<void> {
  await withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('channel')
      .set({ rules: JSON.stringify({ stop }) })
      .where('id', '=', page)
      .execute(),
  );
  region.channels.pages.forget();
}

test.each([
  [['new', 'delete', 'restore', 'delete'], null],
  [['new', 'delete', 'restore'], 'Продаю гараж'],
  [['new', 'edit', 'delete'], null],
  [['restore', 'delete'], null],
] as const)('%s, logged all the while and replayed, keeps what became of it last', async (changes, last) => {
  const page = await addPage('vk');
  await setStop(page, ['гараж']);
  for (const [n, change] of changes.entries()) await call(page, fate(n, change));
  expect(await texts(page)).toEqual([]);
  // Read again under the same rule, and again when the rule is gone.
  await rereadEvents(region.base.db, 'eao', page);
  await drain(region.channels.inbox, 'eao');
  await setStop(page, []);
  await rereadEvents(region.base.db, 'eao', page);
  await drain(region.channels.inbox, 'eao');
  const incident = must((await storedIncidents(region, page))[0], 'the incident');
  expect(incident.text).toBe('Продаю гараж');
  const state = (incident.sourceChanges ?? []).at(-1);
  expect(state === undefined ? incident.text : state.text).toBe(last);
  await rereadEvents(region.base.db, 'eao', page);
  await drain(region.channels.inbox, 'eao');
  expect((await storedIncidents(region, page))[0]?.sourceChanges).toEqual(incident.sourceChanges);
});

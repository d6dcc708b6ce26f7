import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { LookUp } from '#shared/protocol/look-up.ts';
import { readMessageLink } from '#shared/text/message-link.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { lookUp } from '#server/channels/inbox/look-up.ts';
import { FakeMax } from '#tests/fakes/max.ts';
import { person } from '#tests/fakes/max-channel.ts';
import { FakeOk } from '#tests/fakes/ok.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import { OK_GROUP, okPage } from '#tests/helpers/ok-page.ts';
import { CHANNEL, GROUP, resident, TelegramPage } from '#tests/helpers/telegram-page.ts';

let desk: ChannelDesk;

beforeAll(async () => {
  desk = await ChannelDesk.open();
});

afterAll(() => desk.close());

const ask = (url: string): Promise<LookUp> =>
  lookUp(desk.channels.inbox, 'eao', must(readMessageLink(url), `the link ${url}`));

test('networks without a page say so', async () => {
  for (const url of [
    'https://ok.ru/group/1/topic/2',
    'https://t.me/name/5',
    'https://max.ru/name/AZ2H-TzaAOc',
  ])
    expect(await ask(url)).toEqual({ failure: 'no_page' });
});

test('Telegram: what came to our pages is known by any of its addresses, of the rest it is said why not', async () => {
  const at = await TelegramPage.open(desk);
  const closed = at.fake.addChat({
    id: -1_001_500_000_009,
    type: 'supergroup',
    title: 'Двор',
    bot: 'member',
  });
  const comment = at.fake.say(at.group, { from: resident(10, 'ivan'), text: 'Яма', photo: [{}] });
  const inside = at.fake.say(closed, { from: resident(11), text: 'Нет света' });
  at.fake.say(at.group, { ...comment, text: 'Яма на Советской', edit_date: 1_800_000_000 }, 'edited_message');
  const [incident] = await at.arrive();
  const number = must(must(incident, 'the incident').number, 'its number');
  const found = {
    message: {
      text: 'Яма на Советской',
      at: comment.date * 1000,
      author: { name: 'Житель 10', url: 'https://t.me/ivan' },
      hasMedia: true,
    },
    known: { number },
  };
  const channel = String(CHANNEL).slice(4);
  for (const url of [
    `https://t.me/tsur_talk/${comment.message_id}`,
    `https://t.me/c/${String(GROUP).slice(4)}/${comment.message_id}`,
    `https://t.me/c/${channel}/7?comment=${comment.message_id}`,
  ])
    expect(await ask(url)).toEqual(found);
  expect(await ask(`https://t.me/c/1500000009/${inside.message_id}`)).toMatchObject({
    message: { text: 'Нет света', hasMedia: false },
  });
  for (const url of ['https://t.me/tsur_talk/9999', 'https://t.me/stranger/5', `https://t.me/c/${channel}/7`])
    expect(await ask(url)).toEqual({ failure: 'no_history' });
  // Slow Telegram keeps nobody from what is here: the pasted address is looked for.
  at.fake.failNext('getChat', 'cut');
  expect(await ask(`https://t.me/tsur_talk/${comment.message_id}`)).toEqual(found);
  // What the rules left in the log is known as well, and has no number.
  await desk.base.owner
    .updateTable('channel')
    .set({ rules: JSON.stringify({ stop: ['скидки'], ignore: [], off: [] }) })
    .where('id', '=', at.page.id)
    .execute();
  desk.channels.pages.forget();
  const advert = at.fake.say(at.group, { from: resident(12), text: 'Скидки на шторы' });
  await at.arrive();
  expect(await ask(`https://t.me/tsur_talk/${advert.message_id}`)).toMatchObject({
    message: { text: 'Скидки на шторы', author: { name: 'Житель 12', url: '' } },
    known: { number: null },
  });
  await at.fake.stop();
});

test('MAX: posts of the own channel and comments under them, by the channel’s name or number', async () => {
  const id = '-69729329042751';
  const fake = new FakeMax('a-token-of-max', id);
  await desk.add({
    network: 'max',
    name: 'ЦУР в MAX',
    baseUrl: await fake.start(),
    certificate: null,
    pageId: id,
    agency: null,
    token: 'a-token-of-max',
    secret: 'a-secret-of-ours',
    watch: [],
    rules: { stop: [], ignore: [], off: [] },
    reception: 'callback',
  });
  const at = Date.now() - 86_400_000;
  const mid = fake.post('Встреча с жителями', at);
  for (let index = 0; index < 120; index += 1) fake.post(`Запись ${index}`, at + index + 1);
  const comment = fake.comment(mid, person(7, 'Ольга'), 'А когда?');
  const url = must(fake.posts[0]?.url, 'its address');
  const found = {
    message: {
      text: 'Встреча с жителями',
      at,
      author: { name: 'ЦУР области', url: 'https://max.ru/tsur79' },
      hasMedia: false,
    },
  };
  expect(await ask(url)).toEqual(found);
  expect(await ask(url.replace('max.ru/tsur79', 'web.max.ru/-69729329042751'))).toEqual(found);
  expect(await ask(`${url}?comment=${comment.body.mid}`)).toMatchObject({
    message: { text: 'А когда?', author: { name: 'Ольга' } },
  });
  expect(await ask(`${url}?comment=mid.none`)).toEqual({ failure: 'not_found' });
  expect(await ask('https://max.ru/tsur79/AZ2H-TzaAOc')).toEqual({ failure: 'not_found' });
  expect(await ask('https://max.ru/stranger/AZ2H-TzaAOc')).toEqual({ failure: 'not_ours' });
  fake.failNext('GET /chats/*', { status: 401, code: 'verify.token' });
  expect(await ask(url)).toEqual({ failure: 'no_rights' });
  await fake.stop();
  expect(await ask(url)).toEqual({ failure: 'unreachable' });
});

test('Odnoklassniki: topics and comments by the application’s keys; without them what came by itself', async () => {
  const fake = new FakeOk(OK_GROUP, desk.channels.inbox.now);
  const page = await desk.add(okPage(await fake.start()));
  const at = desk.channels.inbox.now() - 60_000;
  fake.topic('150000001', `group:${OK_GROUP.id}`, [{ type: 'text', text: 'Встреча' }, { type: 'photo' }], at);
  fake.topic('150000002', 'user:31', [{ type: 'text', text: 'Где автобус?' }], at);
  const made = fake.comment('150000001', '30', 'Ольга', 'Яма у школы');
  fake.comment('150000002', '31', 'Пётр Ильин', 'Ждём');
  const topic = `https://ok.ru/group/${OK_GROUP.id}/topic/150000001`;
  const author = { name: 'ЦУР области', url: `https://ok.ru/group/${OK_GROUP.id}` };
  expect(await ask(topic)).toEqual({ message: { text: 'Встреча', at, author, hasMedia: true } });
  expect(await ask('https://ok.ru/somebody/topic/150000002')).toMatchObject({
    message: {
      text: 'Где автобус?',
      author: { name: 'Пётр Ильин', url: 'https://ok.ru/profile/31' },
      hasMedia: false,
    },
  });
  const said = { text: 'Яма у школы', author: { name: 'Ольга', url: 'https://ok.ru/profile/30' } };
  expect(await ask(`${topic}#${made.id}`)).toMatchObject({ message: said });
  expect(await ask(`${topic}#none`)).toEqual({ failure: 'not_found' });
  expect(await ask(`https://ok.ru/group/${OK_GROUP.id}/topic/9`)).toEqual({ failure: 'not_found' });
  for (const [code, failure] of [
    [11, 'limit_reached'],
    [102, 'no_rights'],
    [200, 'no_rights'],
    [100, 'not_found'],
  ] as const) {
    fake.failNext('mediatopic.getByIds', code);
    expect(await ask(topic)).toEqual({ failure });
  }
  await catchUp(desk.channels.inbox, page, 0);
  const [incident] = (await desk.incidents(page)).filter(({ text }) => text === 'Яма у школы');
  const { number } = must(incident, 'the incident');
  expect(await ask(`${topic}#${made.id}`)).toMatchObject({ message: said, known: { number } });
  await fake.stop();
  // The network is away; the copy is not.
  expect(await ask(`${topic}#${made.id}`)).toMatchObject({ message: said, known: { number } });
  expect(await ask(topic)).toEqual({ failure: 'unreachable' });
});

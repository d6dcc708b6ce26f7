import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { chooseBotKinds, untieBot } from '#server/notices/bot/own-bot.ts';
import { withScope } from '#server/store/database.ts';
import { TelegramRefusal } from '#tests/fakes/telegram-refusal.ts';
import { BotRegion } from '#tests/helpers/bot-region.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import { resident, TelegramPage } from '#tests/helpers/telegram-page.ts';

let desk: ChannelDesk;
let telegram: TelegramPage;
let region: BotRegion;
beforeEach(async () => {
  desk = await ChannelDesk.open();
  telegram = await TelegramPage.open(desk);
  telegram.fake.isPaced = false;
  region = new BotRegion(desk, desk.channels.inbox.now);
  await region.settings();
  await region.person('roads-1', 'executor', 'roads');
  await region.person('roads-2', 'executor', 'roads');
});
afterEach(async () => {
  await telegram.fake.stop();
  await desk.close();
});

const later = (minutes: number): void => desk.pass(minutes * MS_PER_MINUTE);
type Chat = ReturnType<TelegramPage['fake']['addChat']>;
const chatOf = (id: number): Chat => telegram.fake.addChat({ id, type: 'private', bot: 'member' });
/** Somebody writes to the bot alone. Gives the incidents of the page after it. */
async function say(chat: Chat, text: string) {
  telegram.fake.say(chat, { from: resident(chat.id), text });
  return telegram.arrive();
}
/** A person's chat, tied. */
async function tied(account: string, id: number): Promise<Chat> {
  const chat = chatOf(id);
  await say(chat, await region.code(account, telegram.page.id));
  await region.run();
  telegram.fake.sent.length = 0;
  return chat;
}
const sent = () => telegram.fake.sent.splice(0).map(({ chat, text }) => ({ chat, text }));

describe('a code', () => {
  it('ties the chat that it is sent from, once, and is no message of a resident', async () => {
    const code = await region.code('roads-1', telegram.page.id);
    expect(await region.own('roads-1')).toMatchObject({ tied: null, isOn: true, hint: '@pult_test_bot' });
    expect(await say(chatOf(5), `/start ${code.toLowerCase()}`)).toEqual([]);
    const { tied: chat, codeUntil } = await region.own('roads-1');
    expect(chat).toMatchObject({ network: 'telegram', name: 'ЦУР в Telegram', called: 'Житель 5' });
    expect(codeUntil).toBeNull();
    // Seen by somebody else it is good for nothing any more.
    expect(await say(chatOf(6), code)).toEqual([]);
    await region.run();
    expect(sent()).toEqual([{ chat: '5', text: expect.stringContaining('Человек roads-1, сюда будут') }]);
    await region.run();
    expect(sent()).toEqual([]);
    expect(await desk.log(telegram.page)).toEqual(['message: bot_word', 'message: bot_word']);
  });

  it('is kept as its hash, and is good for half an hour and until another one is made', async () => {
    const first = await region.code('roads-1', telegram.page.id);
    const second = await region.code('roads-1', telegram.page.id);
    const rows = await withScope(desk.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('notice_bot').selectAll().execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(second.slice(5));
    await say(chatOf(5), first);
    expect((await region.own('roads-1')).tied).toBeNull();
    later(31);
    await say(chatOf(5), second);
    expect((await region.own('roads-1')).tied).toBeNull();
  });

  it('is for one bot, and opens nothing to whoever was dismissed', async () => {
    const other = await telegram.add('poll');
    await say(chatOf(5), await region.code('roads-1', other.id));
    expect((await region.own('roads-1')).tied).toBeNull();
    const code = await region.code('roads-2', telegram.page.id);
    await withScope(desk.base.db, { region: 'eao' }, (tx) =>
      tx.updateTable('account').set({ disabled: true }).where('id', '=', 'roads-2').execute(),
    );
    await say(chatOf(6), code);
    expect((await region.own('roads-2')).tied).toBeNull();
  });

  it('among words of a resident ties nothing, and the words enter the queue', async () => {
    const code = await region.code('roads-1', telegram.page.id);
    expect(await say(chatOf(5), `Прислали код ${code}, а яма где была, там и есть`)).toHaveLength(1);
    expect((await region.own('roads-1')).tied).toBeNull();
  });
});

describe('notices', () => {
  it('tell a number, a topic and a link, once, to whoever was given it', async () => {
    await tied('roads-1', 5);
    const id = await region.routed('roads');
    await region.routed('heat');
    await region.run();
    const [message, ...others] = sent();
    expect(others).toEqual([]);
    expect(message?.chat).toBe('5');
    expect(message?.text).toMatch(/№ \d+ · Ямы и выбоины/);
    expect(message?.text).toContain(`https://pult.example/incident/${id}`);
    expect(message?.text).toContain('/stop');
    expect(message?.text).not.toMatch(/89145550123|Петров|vk\.com|дома/);
    await region.run();
    later(60);
    await region.run();
    expect(sent()).toEqual([]);
  });

  it('go by the hours, the stretch and the choice, and not at all while bots are off', async () => {
    await tied('roads-1', 5);
    await region.settings({ digestMinutes: 30 });
    await region.routed('roads');
    await region.run();
    expect(sent()).toHaveLength(1);
    await region.routed('roads');
    await region.routed('roads');
    await region.run();
    expect(sent()).toEqual([]);
    later(31);
    await region.run();
    expect(sent().map(({ text }) => (text.match(/№/g) ?? []).length)).toEqual([2]);
    await chooseBotKinds(desk.base.db, region.act('roads-1'), ['assigned'], region.now());
    await region.routed('roads');
    later(31);
    await region.run();
    expect(sent()).toEqual([]);
    await chooseBotKinds(desk.base.db, region.act('roads-1'), [], region.now());
    await region.settings({}, false);
    await region.routed('roads');
    await region.run();
    expect(sent()).toEqual([]);
    await region.settings();
    await region.run();
    // What happened while they were off is no news.
    expect(sent()).toEqual([]);
  });

  it('of a person who also gets mails are told by each way', async () => {
    await tied('roads-1', 5);
    await region.settings({ isOn: true });
    await withScope(desk.base.db, { region: 'eao' }, (tx) =>
      tx
        .insertInto('notice_choice')
        .values({ region_id: 'eao', account_id: 'roads-1', address: 'a@b.ru', off: '[]', changed_at: 1 })
        .execute(),
    );
    await region.routed('roads');
    await region.run();
    expect(sent()).toHaveLength(1);
    const kept = await withScope(desk.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('notice').select('way').orderBy('way').execute(),
    );
    expect(kept).toEqual([{ way: 'bot' }, { way: 'mail' }]);
  });
});

describe('the end', () => {
  it('comes by /stop in the chat, which is answered; a resident’s /stop ends nothing', async () => {
    const chat = await tied('roads-1', 5);
    expect(await say(chatOf(6), '/stop')).toEqual([]);
    expect((await region.own('roads-1')).tied).not.toBeNull();
    expect(await say(chat, '/stop')).toEqual([]);
    expect(await region.own('roads-1')).toMatchObject({ tied: null, ended: { why: 'stopped' } });
    await region.routed('roads');
    await region.run();
    expect(sent()).toEqual([{ chat: '5', text: expect.stringContaining('здесь больше не будет') }]);
    const lines = await withScope(desk.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('audit').select('detail').where('action', '=', 'notices_changed').orderBy('at').execute(),
    );
    expect(lines.map(({ detail }) => detail)).toMatchObject([
      { account: 'roads-1', after: { noticesBot: 'telegram' } },
      { account: 'roads-1', after: { noticesBot: null } },
    ]);
  });

  it('comes by a press in the console', async () => {
    await tied('roads-1', 5);
    await untieBot(desk.base.db, region.act('roads-1'), region.now());
    expect(await region.own('roads-1')).toMatchObject({ tied: null, ended: { why: 'stopped' } });
    await region.routed('roads');
    await region.run();
    expect(sent()).toEqual([]);
  });

  it('comes when the person shuts the bot out, by the network’s word or at the next message', async () => {
    const first = await tied('roads-1', 5);
    await tied('roads-2', 6);
    telegram.fake.updates.add('my_chat_member', {
      chat: { id: 6, type: 'private' },
      from: resident(6),
      date: Math.floor(Date.now() / 1000),
      new_chat_member: { status: 'kicked', user: resident(1) },
    });
    await telegram.arrive();
    expect((await region.own('roads-2')).ended?.why).toBe('blocked');
    first.bot = 'blocked';
    await region.routed('roads');
    await region.run();
    expect(await region.own('roads-1')).toMatchObject({ tied: null, ended: { why: 'blocked' } });
    const { messages, tied: count } = await region.view();
    expect(count).toBe(0);
    expect(messages[0]).toMatchObject({
      account: 'roads-1',
      kind: 'notices',
      state: 'dead',
      problem: 'blocked',
    });
    first.bot = 'member';
    later(60 * 24);
    await region.run();
    expect(sent()).toEqual([]);
    // Another code opens it again.
    await say(first, await region.code('roads-1', telegram.page.id));
    expect((await region.own('roads-1')).tied?.called).toBe('Житель 5');
  });
});

it('trouble of the bot keeps the message back and is shown; it goes out when that is over', async () => {
  await tied('roads-1', 5);
  const id = await region.routed('roads');
  telegram.fake.failNext('sendMessage', new TelegramRefusal(401, 'Unauthorized'), TelegramRefusal.tooMany(7));
  await region.run();
  expect((await region.view()).messages[0]).toMatchObject({ state: 'waiting', problem: 'trouble' });
  await region.run();
  expect(sent()).toEqual([]);
  later(2);
  await region.run();
  expect((await region.view()).messages[0]).toMatchObject({ state: 'waiting', problem: 'busy' });
  later(6);
  await desk.channels.pages.setState('eao', telegram.page.id, 'paused');
  await region.run();
  expect((await region.view()).messages[0]).toMatchObject({ state: 'waiting', problem: 'bot_off' });
  await desk.channels.pages.setState('eao', telegram.page.id, 'active');
  later(16);
  await region.run();
  expect(must(sent()[0], 'a message').text).toContain(id);
  expect((await region.view()).messages[0]).toMatchObject({ state: 'sent' });
});

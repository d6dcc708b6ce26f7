import { Bot, GrammyError, type Context } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeTelegram } from '#tests/fakes/telegram.ts';
import { TelegramRefusal } from '#tests/fakes/telegram-refusal.ts';

const TOKEN = '7000001:an-independent-client-of-it';
const PERSON = { id: 501, is_bot: false, first_name: 'Ирина' };

let fake: FakeTelegram;
let bot: Bot;
let root: string;

beforeEach(async () => {
  fake = new FakeTelegram(TOKEN);
  root = await fake.start();
  bot = new Bot(TOKEN, { client: { apiRoot: root } });
});

afterEach(async () => {
  await bot.stop().catch(() => undefined);
  await fake.stop();
});

const refusalOf = async (call: Promise<unknown>): Promise<GrammyError> => {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof GrammyError)) throw new Error('grammY was not refused');
  return error;
};

test('grammY learns who it is, and is refused with another token', async () => {
  expect(await bot.api.getMe()).toMatchObject({ id: 7_000_001, is_bot: true, username: 'pult_test_bot' });
  const stranger = new Bot('7000001:somebody-elses-token-here', { client: { apiRoot: root } });
  expect(await refusalOf(stranger.api.getMe())).toMatchObject({
    error_code: 401,
    description: 'Unauthorized',
  });
});

test('grammY polls: what it got it confirms, and answers under the message', async () => {
  const group = fake.addChat({
    id: -1_001_000_000_001,
    type: 'supergroup',
    title: 'Обсуждение',
    bot: 'member',
  });
  fake.say(group, { from: PERSON, text: 'до запуска' });
  const heard: string[] = [];
  const both = new Promise<void>((resolve) => {
    bot.on('message:text', async (context: Context) => {
      heard.push(context.msg?.text ?? '');
      if (heard.length === 1) {
        await context.reply('Слышим', { reply_parameters: { message_id: context.msg?.message_id ?? 0 } });
        fake.say(group, { from: PERSON, text: 'во время ожидания' });
      } else resolve();
    });
  });
  const running = bot.start();
  await both;
  await bot.stop();
  await running;
  expect(heard).toEqual(['до запуска', 'во время ожидания']);
  expect(fake.updates.pending).toEqual([]);
  expect(fake.sent).toEqual([{ chat: '-1001000000001', text: 'Слышим', replyTo: '101' }]);
});

test('grammY is told again what it did not confirm', async () => {
  const person = fake.addChat({ id: 501, type: 'private', bot: 'member' });
  for (const text of ['раз', 'два', 'три']) fake.say(person, { from: PERSON, text });
  const ids = (await bot.api.getUpdates()).map(({ update_id: id }) => id);
  expect(ids).toHaveLength(3);
  expect((await bot.api.getUpdates({ limit: 2 })).map(({ update_id: id }) => id)).toEqual(ids.slice(0, 2));
  expect(await bot.api.getUpdates({ offset: (ids[1] ?? 0) + 1 })).toHaveLength(1);
  expect((await bot.api.getUpdates({ offset: 0 })).map(({ update_id: id }) => id)).toEqual(ids.slice(2));
});

test('grammY meets the conflicts of a bot with two listeners', async () => {
  const asking = bot.api.getUpdates({ timeout: 30 });
  const first = refusalOf(asking);
  const askAgain = async (): Promise<void> => {
    while (fake.calls.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    await bot.api.getUpdates({ timeout: 0 });
  };
  await askAgain();
  expect((await first).description).toContain('terminated by other getUpdates request');
  expect((await refusalOf(bot.api.setWebhook('http://pult.example/'))).description).toContain('HTTPS');
  await bot.api.setWebhook('https://pult.example/hook', { secret_token: 'a-secret' });
  expect(await refusalOf(bot.api.getUpdates())).toMatchObject({ error_code: 409 });
  expect(await bot.api.getWebhookInfo()).toMatchObject({ url: 'https://pult.example/hook' });
});

test('grammY is stopped by limits and by what Telegram will not send', async () => {
  const person = fake.addChat({ id: 501, type: 'private', bot: 'member' });
  const gone = fake.addChat({ id: 502, type: 'private', bot: 'blocked' });
  fake.failNext('sendMessage', TelegramRefusal.tooMany(7));
  const flood = await refusalOf(bot.api.sendMessage(person.id, 'раз'));
  expect([flood.error_code, flood.parameters.retry_after]).toEqual([429, 7]);
  expect(await bot.api.sendMessage(person.id, 'раз')).toMatchObject({ text: 'раз', chat: { id: 501 } });
  expect(await refusalOf(bot.api.sendMessage(person.id, 'два'))).toMatchObject({ error_code: 429 });
  const refusals = [
    bot.api.sendMessage(gone.id, 'раз'),
    bot.api.sendMessage(999, 'раз'),
    bot.api.sendMessage(person.id, 'я'.repeat(4097)),
    bot.api.sendMessage(person.id, 'раз', { reply_parameters: { message_id: 9_999_999 } }),
  ];
  expect(await Promise.all(refusals.map(async (call) => (await refusalOf(call)).description))).toEqual([
    'Forbidden: bot was blocked by the user',
    'Bad Request: chat not found',
    'Bad Request: message is too long',
    'Bad Request: message to be replied not found',
  ]);
});

test('grammY gets the path of a file, which a browser of anybody without the token does not open', async () => {
  const [size] = fake.files.photo(Buffer.from('a picture')).toReversed();
  const { file_path: path = '' } = await bot.api.getFile(size?.file_id ?? '');
  expect(path).not.toBe('');
  const fetched = await fetch(`${root}/file/bot${TOKEN}/${path}`);
  expect(await fetched.text()).toBe('a picture');
  expect((await fetch(`${root}/file/bot7000001:another/${path}`)).status).toBe(404);
  fake.files.ahead = 3_600_001;
  expect((await fetch(`${root}/file/bot${TOKEN}/${path}`)).status).toBe(404);
  expect((await refusalOf(bot.api.getFile('never-heard-of'))).description).toContain('wrong file_id');
  const [large] = fake.files.photo(Buffer.alloc(20 * 1024 ** 2 + 1)).toReversed();
  expect((await refusalOf(bot.api.getFile(large?.file_id ?? ''))).description).toContain('file is too big');
});

import { describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { pageSecretsSchema } from '#server/channels/networks/page-secrets.ts';
import { readMax } from '#server/channels/networks/max/read.ts';
import { receiveMax } from '#server/channels/networks/max/receive.ts';
import type { Page, ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { FakeMaxChannel, person, type MaxUpdate } from '#tests/fakes/max-channel.ts';

const CHANNEL = '-69729329042751';
const SECRET = 'a-secret-of-ours';
const page: Page = {
  region: 'eao',
  id: '01900000-0000-7000-8000-000000000001',
  network: 'max',
  name: 'ЦУР',
  baseUrl: 'https://platform-api2.max.ru',
  certificate: null,
  pageId: CHANNEL,
  watch: [],
  active: true,
  reception: 'callback',
  secrets: pageSecretsSchema.parse({ token: 'token', secret: SECRET }),
  pace: async () => undefined,
};

const read = (update: object): ParsedEvent =>
  readMax(page, { key: '', kind: '', raw: JSON.stringify(update) });

/** The last update a channel has to tell. */
const lastUpdate = (channel: FakeMaxChannel): MaxUpdate => must(channel.updates.at(-1), 'an update');

function eventOf(body: string): RawEvent {
  const call = { headers: { 'x-max-bot-api-secret': SECRET }, body };
  const received = receiveMax(page, call);
  if (received.kind !== 'event') throw new Error(received.text);
  return received.event;
}

describe('reading', () => {
  test('a comment names its post, its author and where an answer goes', () => {
    const channel = new FakeMaxChannel(CHANNEL);
    const post = channel.post('Субботник');
    const { body } = channel.comment(
      post,
      { ...person(7, 'Анна'), last_name: 'Ким', username: 'anna' },
      'Где?',
    );
    expect(read(lastUpdate(channel))).toEqual({
      kind: 'message',
      message: {
        key: `message:${body.mid}`,
        thread: `post:${post}:7`,
        at: expect.any(Number),
        text: 'Где?',
        network: 'max',
        messageKind: 'comment',
        url: '',
        placeUrl: `https://web.max.ru/${CHANNEL}`,
        hasMedia: false,
        media: [],
        author: { name: 'Анна Ким', url: 'https://max.ru/anna' },
        target: { kind: 'comment', owner: CHANNEL, post, comment: body.mid },
      },
    });
  });

  test('a comment without its post stands alone, and nobody answers under the wrong one', () => {
    const channel = new FakeMaxChannel(CHANNEL);
    const { body } = channel.comment(channel.post('Субботник'), person(7), 'Где?');
    const update = structuredClone(lastUpdate(channel)) as MaxUpdate & {
      message: { recipient: { post_id?: string } };
    };
    delete update.message.recipient.post_id;
    expect(read(update)).toMatchObject({
      message: { thread: `message:${body.mid}`, target: { kind: 'comment', post: '', comment: body.mid } },
    });
  });

  test.each([
    ['the channel’s post', { from: null, text: 'Новости' }],
    ['a comment in the channel’s name', { post: 'mid.1', from: null, text: 'Ответили' }],
    ['a comment of a bot', { post: 'mid.1', from: { ...person(501), is_bot: true }, text: 'Ответили' }],
    ['a post signed by its editor', { from: person(3), text: 'Новости' }],
  ])('%s is the page’s own', (_name, written) => {
    const message = new FakeMaxChannel(CHANNEL).write(written);
    const type = message.recipient.post_id === undefined ? 'message_created' : 'comment_created';
    expect(read({ update_type: type, timestamp: 1, message })).toEqual({ kind: 'skip', reason: 'own' });
  });

  test('words for another chat of the bot are not this page’s', () => {
    const channel = new FakeMaxChannel('-1');
    channel.comment(channel.post('Пост'), person(7), 'Где?');
    expect(read(lastUpdate(channel))).toEqual({ kind: 'skip', reason: 'elsewhere' });
  });

  test('a conversation is direct, a group answers the message it hears', () => {
    const channel = new FakeMaxChannel(CHANNEL);
    channel.say('900', person(7), 'Лично');
    expect(read(lastUpdate(channel))).toMatchObject({
      message: {
        messageKind: 'direct',
        thread: 'dialog:900',
        target: { kind: 'direct', peer: 'chat_id:900' },
      },
    });
    const inGroup = channel.say(CHANNEL, person(7), 'В группе');
    expect(read(lastUpdate(channel))).toMatchObject({
      message: {
        messageKind: 'comment',
        thread: `chat:${CHANNEL}:7`,
        target: { kind: 'direct', peer: `chat_id:${CHANNEL}:${inGroup.body.mid}` },
      },
    });
  });

  test('a pure forward, a picture without words and an author who is gone are messages as well', () => {
    const channel = new FakeMaxChannel(CHANNEL);
    const message = channel.say('900', person('98211023614189660', ''), null, [
      { type: 'image', payload: {} },
      { type: 'image', payload: { photo_id: 5, token: 'x', url: 'https://i.example/5.webp' } },
    ]);
    expect(read(lastUpdate(channel))).toMatchObject({
      message: {
        text: '[Фотографии: 2]',
        hasMedia: true,
        media: ['https://i.example/5.webp'],
        author: { name: 'id98211023614189660', url: '' },
      },
    });
    const link = { type: 'forward', message: { mid: 'mid.2', seq: 2, text: 'Чужие слова' } };
    const forwarded = { ...message, sender: null, body: null, link };
    expect(read({ update_type: 'message_created', timestamp: 2, message: forwarded })).toMatchObject({
      message: {
        key: expect.stringMatching(/^message:900\/\/\d+$/),
        text: '[Переслано]\nЧужие слова',
        author: { name: '' },
      },
    });
  });

  test('service updates are known, unknown ones are kept, broken ones are named', () => {
    const rights = { chat_id: Number(CHANNEL), user_id: 1, bot_id: 501, is_channel: true, is_admin: false };
    expect(read({ update_type: 'bot_admin_permissions_changed', timestamp: 1, ...rights })).toEqual({
      kind: 'skip',
      reason: 'service',
    });
    expect(read({ update_type: 'poll_finished', timestamp: 1 })).toEqual({ kind: 'unknown' });
    expect(() => read({ update_type: 'comment_created', timestamp: 1, message: {} })).toThrow(/mid/);
    expect(() => read({ update_type: 'comment_removed', timestamp: 1, message_id: '../me' })).toThrow(
      /message_id/,
    );
  });

  test('an address that is none does not become a link', () => {
    const channel = new FakeMaxChannel(CHANNEL);
    const message = { ...channel.say('900', person(7), 'Лично'), url: 'javascript:alert(1)' };
    expect(read({ update_type: 'message_created', timestamp: 1, message })).toMatchObject({
      message: { url: '' },
    });
  });
});

describe('keys of updates, which have no number', () => {
  const channel = new FakeMaxChannel(CHANNEL);
  const comment = channel.comment(channel.post('Пост'), person(7), 'Где?');
  const created = lastUpdate(channel);

  test('the same update has the same key, whatever was added to it on the way', () => {
    const again = { ...created, message: { ...comment, stat: { views: 5 } } };
    expect(eventOf(JSON.stringify(again)).key).toBe(eventOf(JSON.stringify(created)).key);
    expect(eventOf(JSON.stringify(created))).toMatchObject({ kind: 'comment_created' });
  });

  test('two edits of one moment, and two people who came at once, have different ones', () => {
    const edit = (text: string): string =>
      JSON.stringify({
        update_type: 'comment_edited',
        timestamp: 9,
        message: { ...comment, body: { ...comment.body, text } },
      });
    expect(eventOf(edit('Раз')).key).not.toBe(eventOf(edit('Два')).key);
    const start = (user: number): string =>
      JSON.stringify({ update_type: 'bot_started', timestamp: 9, chat_id: 900, user: { user_id: user } });
    expect(eventOf(start(1)).key).not.toBe(eventOf(start(2)).key);
  });

  test('what is no update is kept all the same', () => {
    expect(eventOf('не JSON')).toMatchObject({ kind: 'unreadable', raw: 'не JSON' });
    expect(eventOf('{"update_type":7}')).toMatchObject({ kind: 'unreadable' });
    expect(eventOf('{"update_type":"new_kind","timestamp":1}')).toMatchObject({ kind: 'new_kind' });
  });
});

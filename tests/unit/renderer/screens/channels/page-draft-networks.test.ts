import { expect, test } from 'vitest';
import { emptyDraft, readNew, type PageDraft } from '#renderer/screens/channels/page-draft.ts';
import type { ChannelNetwork } from '#shared/protocol/channels.ts';

const TOKEN = '7000001:AbC-dEf_1234567890';

const read = (network: ChannelNetwork, typed: Partial<PageDraft>) =>
  readNew({ ...emptyDraft(network), name: 'ЦУР', token: TOKEN, ...typed });

test.each([
  ['https://t.me/tsur79', '@tsur79'],
  ['t.me/tsur79', '@tsur79'],
  ['@tsur79', '@tsur79'],
  [' -1001500000001 ', '-1001500000001'],
])('takes %s for a channel of Telegram', (typed, pageId) => {
  expect(read('telegram', { pageId: typed })).toMatchObject({
    value: { network: 'telegram', pageId, reception: 'poll', baseUrl: 'https://api.telegram.org' },
    wrong: [],
  });
});

test('refuses a token that would lead to another address of Telegram', () => {
  expect(read('telegram', { pageId: '@tsur79', token: '1:../../x' }).wrong).toEqual(['token']);
  expect(read('telegram', { pageId: 'две дыры' }).wrong).toEqual(['pageId']);
});

test('takes a group of Odnoklassniki with and without the keys that comments need', () => {
  const group = { pageId: 'https://ok.ru/group/57695928647891' };
  expect(read('ok', group).value).toMatchObject({
    pageId: '57695928647891',
    readToken: null,
    applicationKey: null,
    applicationSecret: null,
    reception: 'callback',
  });
  const keys = { readToken: 'tkn', applicationKey: 'CBAJ', applicationSecret: 'ABC' };
  expect(read('ok', { ...group, ...keys }).value).toMatchObject(keys);
  expect(read('ok', { ...group, reception: 'poll' }).value).toMatchObject({ reception: 'poll' });
  expect(read('ok', { ...group, reception: 'letter' }).wrong).toEqual(['reception']);
});

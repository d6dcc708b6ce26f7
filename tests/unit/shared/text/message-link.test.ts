import { expect, test } from 'vitest';
import { contactUrl, contactWords, readMessageLink } from '#shared/text/message-link.ts';

test.each([
  ['https://vk.com/wall-777_5', 'vk post -777 5 null'],
  ['vk.com/wall-777_5?reply=101&thread=99', 'vk comment -777 5 101'],
  ['https://vk.ru/wall-777_5?reply=98211023614189660', 'vk comment -777 5 98211023614189660'],
  ['https://m.vk.com/wall12_5', 'vk post 12 5 null'],
  ['https://vk.com/club777?w=wall-777_5_r101', 'vk comment -777 5 101'],
  ['https://vk.com/feed?section=search&w=wall-777_5%2Fall', 'vk post -777 5 null'],
  ['https://vk.com/gim777?sel=25', 'vk direct null null null'],
  ['https://vk.com/mayor', 'vk other null null null'],
  ['https://ok.ru/group/53038939046008/topic/155874362728568', 'ok post 53038939046008 155874362728568 null'],
  [
    'https://ok.ru/mayor/topic/155874362728568#c98211023614189660',
    'ok comment mayor 155874362728568 c98211023614189660',
  ],
  ['https://m.ok.ru/profile/57/statuses/15', 'ok post 57 15 null'],
  ['https://t.me/mayor/123', 'telegram post mayor 123 null'],
  ['t.me/s/mayor/123', 'telegram post mayor 123 null'],
  ['https://t.me/mayor/123?comment=456', 'telegram comment mayor 123 456'],
  ['https://t.me/c/1234567890/7/89', 'telegram post 1234567890 89 null'],
  ['https://t.me/chat/89?thread=7', 'telegram comment chat 7 89'],
  ['https://max.ru/news_channel/AZ2H-TzaAOc', 'max post news_channel AZ2H-TzaAOc null'],
  ['https://max.ru/join/AZ2HTzaAOc', 'max other null null null'],
])('%s: %s', (text, expected) => {
  const link = readMessageLink(text);
  expect([link?.network, link?.kind, link?.owner, link?.post, link?.comment].map(String).join(' ')).toBe(
    expected,
  );
});

test.each([
  '',
  'Яма на дороге',
  'https://example.com/wall-1_2',
  'https://vk.com.evil.example/wall-1_2',
  'ftp://',
  'vk',
])('"%s" is no message of a network', (text) => {
  expect(readMessageLink(text)).toBeNull();
});

test('an address loses what the browser added, and names its place', () => {
  expect(readMessageLink('https://vk.com/feed?from=x&w=wall-777_5_r101')).toMatchObject({
    url: 'https://vk.com/wall-777_5?reply=101',
    placeUrl: 'https://vk.com/club777',
  });
});

test.each([
  ['+7 (914) 555-66-77', 'tel:+79145556677', '+79145556677'],
  ['2-12-34', 'tel:21234', '21234'],
  ['ivan@mail.example', 'mailto:ivan@mail.example', 'ivan@mail.example'],
  [' https://vk.com/id5 ', 'https://vk.com/id5', ''],
  ['ул. Ленина, 5', 'ул. Ленина, 5', ''],
])('%s is reached by %s', (typed, url, words) => {
  expect(contactUrl(typed)).toBe(url);
  expect(contactWords(url)).toBe(words);
});

import { expect, test } from 'vitest';
import { eaoMunicipalities } from '#shared/domain/data/eao-municipalities.ts';
import { deidentified } from '#shared/text/deidentify.ts';
import { findPlace } from '#shared/text/place.ts';
import { contentOf, lineOf, passedOn, quoted } from '#server/channels/networks/shared-content.ts';
import { plainText } from '#server/channels/networks/vk/plain-text.ts';
import { vkWords } from '#server/channels/networks/vk/content.ts';
import { telegramWords } from '#server/channels/networks/telegram/content.ts';
import { maxWords } from '#server/channels/networks/max/content.ts';
import { okWords } from '#server/channels/networks/ok/content.ts';

test.each([
  [{ type: 'voice', fields: { duration: 14 } }, '[Голосовое, 0:14]'],
  [
    { type: 'audio_message', fields: { duration: 14, link_mp3: 'https://v.ru/1.mp3' } },
    '[Голосовое, 0:14: https://v.ru/1.mp3]',
  ],
  [
    { type: 'audio_message', fields: { duration: 3700, transcript: 'Течёт' } },
    '[Голосовое, 1:01:40: «Течёт»]',
  ],
  [{ type: 'video', fields: { title: 'Яма', duration: 75 } }, '[Видео, 1:15: Яма]'],
  [{ type: 'audio', fields: { artist: 'Хор', title: 'Гимн' } }, '[Аудиозапись: Хор — Гимн]'],
  [{ type: 'document', fields: { file_name: 'акт.pdf' } }, '[Документ: акт.pdf]'],
  [
    { type: 'FILE', fields: { filename: 'акт.pdf', url: 'https://f.ru/1' } },
    '[Документ: акт.pdf — https://f.ru/1]',
  ],
  [{ type: 'sticker', fields: { emoji: '😡' } }, '[Наклейка: 😡]'],
  [
    { type: 'poll', fields: { question: 'Вода есть?', options: [{ text: 'Да' }, { text: 'Нет' }] } },
    '[Опрос: Вода есть? — Да; Нет]',
  ],
  [
    { type: 'checklist', fields: { title: 'Двор', tasks: [{ text: 'Лавка' }] } },
    '[Список дел: Двор — Лавка]',
  ],
  [{ type: 'dice', fields: { emoji: '🎲', value: 5 } }, '[Кубик: 🎲 — 5]'],
  [
    { type: 'giveaway', fields: { prize_description: 'Премиум', winner_count: 3 } },
    '[Розыгрыш: 3 — Премиум]',
  ],
  [
    { type: 'contact', fields: { first_name: 'Пётр', phone_number: '+79001234567' } },
    '[Контакт: Пётр, +79001234567]',
  ],
  [
    { type: 'contact', fields: { vcf_info: 'BEGIN:VCARD\r\nFN:Пётр Ким\r\nTEL;TYPE=cell:+79001234567' } },
    '[Контакт: Пётр Ким, +79001234567]',
  ],
  [
    { type: 'LOCATION', fields: { lat: '48.7', lng: '132.9', address: 'ул. Лесная' } },
    '[Место на карте: ул. Лесная; 48.7, 132.9]',
  ],
  [{ type: 'geo', fields: { coordinates: '48.7 132.9' } }, '[Место на карте: 48.7, 132.9]'],
  [{ type: 'location', fields: { latitude: 200, longitude: 5 } }, '[Место на карте]'],
  [{ type: 'holo_gram', fields: { title: 'Новое' } }, '[Вложение «holo_gram»: Новое]'],
  [{ type: 'link', fields: { url: 'javascript:alert(1)', title: 'Сюда] [Место' } }, '[Ссылка: Сюда) (Место]'],
  [{ type: '', fields: {} }, '[Вложение]'],
] as const)('%o is %s', (shared, line) => {
  expect(lineOf(shared)).toBe(line);
});

test('words come first; pictures, which the card shows, are named when there is nothing else', () => {
  const photo = { type: 'photo', fields: {} };
  expect(contentOf('Яма', [photo, photo])).toBe('Яма');
  expect(contentOf(' ', [photo, photo])).toBe('[Фотографии: 2]');
  expect(contentOf('Яма', [{ type: 'story', fields: {} }], [quoted('ЖКХ', 'Всё в порядке')])).toBe(
    'Яма\n\n[История]\n[В ответ на слова: «Всё в порядке», ЖКХ]',
  );
  expect(contentOf('', [{ type: 'inline_keyboard', fields: {} }])).toBe('');
  const many = Array.from({ length: 60 }, () => ({ type: 'doc', fields: {} }));
  expect(contentOf('', many)).toMatch(/\[И ещё вложений: 10\]$/);
  expect(passedOn('Переслано', '', ' ')).toBe('');
  expect(quoted('Анна', 'слово '.repeat(200)).length).toBeLessThan(350);
});

test('a proposed place is a suggestion of a place, as if it had been typed', () => {
  const text = lineOf({
    type: 'venue',
    fields: { title: 'Остановка', address: 'г. Биробиджан, ул. Лесная, 5' },
  });
  const found = findPlace(text, { municipalities: eaoMunicipalities });
  expect(found).toMatchObject({ street: 'Лесная', house: '5' });
});

test('a telephone that a resident shares is seen by the centre and goes no further', () => {
  const line = lineOf({ type: 'contact', fields: { first_name: 'Пётр', phone_number: '+79001234567' } });
  expect(deidentified(line)).not.toContain('9001234567');
});

test('VK’s markup is what a person reads', () => {
  expect(plainText('[id12|Анна], [club5|ЖКХ] [id12:bp-5_7|Анна] [public7|Двор]')).toBe('Анна, ЖКХ Анна Двор');
  expect(plainText('[#alias|тут|https://vk.com/x] [https://vk.com/y|там]')).toBe(
    'тут (https://vk.com/x) там (https://vk.com/y)',
  );
  expect(plainText('&lt;b&gt; &amp;amp; &quot;да&quot; &#33; &#x1F573; &#0; &nosuch;')).toBe(
    '<b> &amp; "да" ! 🕳 &#0; &nosuch;',
  );
  expect(plainText('[дом 5|кв 3] и [x]')).toBe('[дом 5|кв 3] и [x]');
});

test('messages within messages are all said, and an endless chain of them ends', () => {
  let deep: Record<string, unknown> = { text: 'дно' };
  for (let level = 0; level < 50; level += 1)
    deep = { from_id: level + 1, text: `слой ${level}`, fwd_messages: [deep] };
  const text = vkWords(deep);
  for (const level of [49, 48, 44]) expect(text).toContain(`слой ${level}`);
  expect(text.length).toBeLessThan(1000);
  expect(
    telegramWords({
      text: 'Нет воды',
      forward_origin: { type: 'hidden_user', sender_user_name: 'Сосед' },
      contact: { first_name: 'Пётр', phone_number: '+7900' },
    }),
  ).toBe('[Переслано: Сосед]\nНет воды\n\n[Контакт: Пётр, +7900]');
  expect(
    maxWords({
      body: { text: 'Смотрите' },
      link: {
        type: 'forward',
        message: { text: 'Чужое', attachments: [{ type: 'audio', transcription: 'Слова' }] },
      },
    }),
  ).toBe('Смотрите\n\n[Переслано]\nЧужое\n\n[Аудиозапись: «Слова»]');
  expect(
    okWords({
      text: '',
      attachments: [{ type: 'RESHARE', payload: { text: 'Чужая запись', author: { name: 'ЖКХ' } } }],
    }),
  ).toBe('[Запись: ЖКХ]\nЧужая запись');
});

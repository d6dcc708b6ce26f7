import { expect, test } from 'vitest';
import { deidentified } from '#shared/text/deidentify.ts';
import { findIdentifiers } from '#shared/text/identifiers/find-identifiers.ts';
import { HOUSE_PATTERNS } from '#shared/text/identifiers/houses.ts';
import { NAME_PATTERNS } from '#shared/text/identifiers/people.ts';

/** Repeated without end, each begins again and again something that never comes to be. */
const SEEDS = [
  '1',
  '1 ',
  '5-',
  '9О',
  '+',
  '(',
  '(42622) ',
  '8 914 ',
  'тел. 1 ',
  'паспорт 12 ',
  'счёт 1 2 ',
  '12 ',
  '9.',
  'О',
  'a@',
  '@',
  'a.',
  '-',
  '.',
  'собака ',
  'асобака',
  'тысяча девятьсот ',
  'сорок ',
  'a_',
  'АА-1',
  '№',
  'договор ',
  'а собака точка ',
  'a . b . ',
  'ivan собака mail ',
  'vk.com/',
  'm.',
  'www.',
  'https://',
  'tg a.',
  '[id1|',
  'ник «',
  'мой тг ',
  'id1 ',
  '1961 и ',
  '5 марта ',
  'родилась ',
  'г.р. ',
  '1.1.',
  'А123',
  'А 1',
  'XTA1',
  'I-',
  'пять ',
  'сто ',
  'ул. ',
  'Ул 1-',
  'д 1/',
  'Аа-',
  'Иванов ',
  'А. ',
  ' ',
  '\n',
  '😀',
  '\u0301',
  '|',
  'б1',
  '8,9',
  'АА № 1 ',
  'серия А-',
  'договор 1/1-',
  '8 [9',
  '123 ',
  '12-А ',
  'А-1 № ',
  'паспорт 12-3 ',
  'договор на дом 1А ',
  'серия 99-9 ',
  '(1.1.1950, ',
  'паспорт 1.1.50, ',
  'ник в вк ',
  'ник в вк Аб ',
  'лодка А 11-',
  'дети ',
  'дети: ',
  'дети 1.1.2011, ',
  'дети Аа, 1.1.',
  '1.1.2011 и ',
  'в марте, ',
  'в 8, ',
  '1941 года, ',
  '8 тире ',
  'тире ',
  'серия пять ',
  'паспорт пять 1 ',
  'МСЭ 2015 ',
  'МСЭ-2015 № ',
  '000 ',
  'паспорт 000 000 ',
  'в ок под именем ',
  'мне 5 лет, ',
  'лет 5 ',
  'годик (1.1.2024, ',
  'сыну 5 и ',
  'Аб 5 лет (1 мая 1950) ',
  'она с 1.1.1935 года ',
  '1.1.1935, ',
  'живу, 1 мая 1935, ',
  'роды 1.1.2024 ',
  'мой счёт лицевой 1 ',
  'л/с 88001234567 ',
  'IIДВ ',
  'I ДВ № ',
  'Аб_аб (это мой ',
  'Аб - мой ник ',
];
const MOST_READS_PER_SIGN = 120;

const long = (seed: string, letters: number): string => seed.repeat(Math.ceil(letters / seed.length));

test.each(SEEDS)('the work of looking through %j again and again grows as its length does', (seed) => {
  const [half, whole] = [4000, 8000].map((letters) => findIdentifiers(long(seed, letters)).reads);
  expect(whole).toBeLessThan((half ?? 0) * 2 + 1000);
  expect(whole).toBeLessThan(8000 * MOST_READS_PER_SIGN);
});

test('no pattern repeats anything without a bound', () => {
  const patterns = [...HOUSE_PATTERNS, ...NAME_PATTERNS];
  expect(patterns.length).toBeGreaterThan(8);
  for (const { source } of patterns) {
    const bare = source.replaceAll(/\\./gu, 'x').replaceAll(/\[[^\]]*\]/gu, 'x');
    expect(bare).not.toMatch(/[*+]|\{\d+,\}/);
  }
});

test.each(['1 ', 'a@a.', 'а собака точка ', '+7 ', 'ул. Ул 1-'])(
  'a text of 250,000 letters of %j is looked through',
  (seed) => {
    const text = long(seed, 250_000);
    expect(deidentified(text).length).toBeGreaterThan(0);
  },
);

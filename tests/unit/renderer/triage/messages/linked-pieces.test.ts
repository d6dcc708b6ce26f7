import { expect, test } from 'vitest';
import { linkedPieces } from '#renderer/triage/messages/linked-pieces.ts';
import { cpuMs, piecesMs } from '#tests/helpers/cpu-time.ts';

const links = (text: string): (readonly [string, string])[] =>
  linkedPieces(text).flatMap(({ text: shown, url }) => (url === null ? [] : [[shown, url] as const]));

test.each([
  ['Нет воды', []],
  ['См. https://example.ru/a?b=1, там фото.', [['https://example.ru/a?b=1', 'https://example.ru/a?b=1']]],
  ['[Голосовое, 0:14: https://v.example/3.mp3]', [['https://v.example/3.mp3', 'https://v.example/3.mp3']]],
  [
    '[Место на карте: Остановка Лесная, ул. Лесная, 5; 48.7947, 132.9218]',
    [['48.7947, 132.9218', 'https://yandex.ru/maps/?pt=132.9218,48.7947&z=17&l=map']],
  ],
  ['[Место на карте: -48.7, -132]', [['-48.7, -132', 'https://yandex.ru/maps/?pt=-132,-48.7&z=17&l=map']]],
  // Numbers of a sentence are no place.
  ['Заплатил 48.79, 132.92 рубля', []],
  ['javascript:alert(1) http:// https://', []],
] as const)('%s', (text, expected) => {
  expect(links(text)).toEqual(expected);
  expect(
    linkedPieces(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

test('a long text of signs is parted in linear time', () => {
  const begun = cpuMs();
  linkedPieces(`[Место на карте: ${'1, '.repeat(30_000)}`);
  linkedPieces('https://'.repeat(10_000));
  linkedPieces(`https://${'!'.repeat(90_000)}x`);
  linkedPieces('[Место на карте: '.repeat(6000));
  expect(cpuMs() - begun).toBeLessThan(piecesMs(100));
});

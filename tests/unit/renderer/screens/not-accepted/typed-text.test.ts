import { expect, test } from 'vitest';
import { readReference } from '#renderer/kit/context/reference.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import { typedText } from '#renderer/screens/not-accepted/typed-text.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const ZONE = 'Asia/Vladivostok';
const typed = (args: unknown): string =>
  typedText(args, wordsOf('ru'), readReference([], ZONE), whenIn(ZONE, 'ru'), TUESDAY_10);

test('a refused act that was entered afterwards shows when it was and why it was entered later', () => {
  const happened = { at: TUESDAY_10, reason: 'передали по телефону' };
  expect(typed({ reason: 'не наше', target: null, happened })).toBe('не наше\n10:00\nпередали по телефону');
  expect(typed({ link: 'https://vk.example/1', late: 'отвечали устно' })).toBe(
    'https://vk.example/1\nотвечали устно',
  );
});

test('a refused answer that came past Pult shows how and when it came', () => {
  const came = { way: 'phone', at: TUESDAY_10 };
  expect(typed({ text: 'Расчистят.', kind: 'final', promises: [], came })).toBe(
    'Расчистят.\nответили по телефону 10:00',
  );
});

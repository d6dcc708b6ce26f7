import { expect, test } from 'vitest';
import { nearestPromise, promiseQuote } from '#shared/domain/promises/promise-quote.ts';
import { must } from '#shared/domain/must.ts';
import { build, EXAMPLES, incidentIn, TUESDAY_10, WAY_TO } from '#tests/fixtures/incident-builder.ts';

/** An incident whose published reply says so and promises these words. */
function promising(text: string, ...phrases: readonly string[]) {
  const promises = phrases.map((phrase, at) => ({ due: TUESDAY_10 + (10 - at) * 1_000_000, phrase }));
  return build([
    ...WAY_TO.in_progress,
    { name: 'draftReply', args: { text, kind: 'interim', promises } },
    EXAMPLES.submitForApproval,
    { name: 'approve', args: { text, submission: { number: 1, text } } },
    EXAMPLES.recordPublication,
  ]);
}

const quoted = (text: string, phrase: string): string => {
  const incident = promising(text, phrase);
  return promiseQuote(incident, must(incident.promises[0], 'a promise'));
};

test.each([
  [
    'Анна, здравствуйте! Яму засыплем до 10 июля. Спасибо за сигнал.',
    'до 10 июля',
    'Яму засыплем до 10 июля.',
  ],
  ['Бригада на ул. Ленина выйдет завтра', 'завтра', 'Бригада на ул. Ленина выйдет завтра'],
  ['Двадцать третьего июля\nответим до 23.07.2026 г.', 'до 23.07.2026', 'ответим до 23.07.2026 г.'],
])('of «%s» the sentence that promises «%s» is quoted', (text, phrase, sentence) => {
  expect(quoted(text, phrase)).toBe(sentence);
});

test('a long sentence is quoted around the promise', () => {
  const quote = quoted(`${'слово '.repeat(400)}до пятницы ${'слово '.repeat(400)}`, 'до пятницы');
  expect(quote).toMatch(/^…(?:слово )?/u);
  expect(quote).toContain('до пятницы');
  expect(quote.length).toBeLessThan(340);
});

test('where the words are no longer in the reply, they are quoted alone', () => {
  expect(quoted('Сделаем.', 'до пятницы')).toBe('до пятницы');
});

test('the promise that falls due first is the nearest, and one that was kept is none', () => {
  const incident = promising('Ответим завтра, сделаем весной', 'весной', 'завтра');
  expect(nearestPromise(incident)?.phrase).toBe('завтра');
  const promises = incident.promises.map((promise) => ({ ...promise, state: 'kept' as const }));
  expect(nearestPromise({ ...incident, promises })).toBeNull();
  expect(nearestPromise(incidentIn('new'))).toBeNull();
});

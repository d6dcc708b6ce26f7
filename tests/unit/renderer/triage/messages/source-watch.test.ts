import { expect, test } from 'vitest';
import { sourceHistory } from '#renderer/triage/messages/source-watch.tsx';
import { wordDiff } from '#renderer/triage/messages/word-diff.ts';
import { build, EXAMPLES, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const shown = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

test('a change is told by whole words, Russian ones and pictures too', () => {
  expect(shown('Нет воды в доме три', 'Нет воды и тепла в доме пять')).toBe(
    'Нет воды {+и тепла +}в доме [-три-]{+пять+}',
  );
  expect(shown('Спасибо 👍🏽!', 'Спасибо 👨‍👩‍👧!')).toBe('Спасибо [-👍🏽-]{+👨‍👩‍👧+}!');
  expect(shown('', 'Слово')).toBe('{+Слово+}');
  expect(shown('Одно и то же', 'Одно и то же')).toBe('Одно и то же');
});

test('texts that have nothing in common are told as one for the other', () => {
  const before = Array.from({ length: 20_000 }, (_, n) => `до${n}`).join(' ');
  const after = Array.from({ length: 20_000 }, (_, n) => `после${n}`).join('-');
  const stretches = wordDiff(before, after);
  expect(stretches.map(({ kind }) => kind)).toEqual(['gone', 'new']);
  expect(stretches.map(({ text }) => text)).toEqual([before, after]);
});

test('each change is laid over what the message said before it', () => {
  const incident = {
    ...build([...WAY_TO.new, EXAMPLES.receiveMessage]),
    sourceChanges: [
      { message: 0, at: 1, text: 'Иначе' },
      { message: 1, at: 2, text: 'Спасибо вам' },
      { message: 0, at: 3, text: null },
      { message: 0, at: 4, text: 'Снова' },
    ],
  };
  expect(sourceHistory(incident, 0).map(({ before, text }) => [before, text])).toEqual([
    [incident.text, 'Иначе'],
    ['Иначе', null],
    [null, 'Снова'],
  ]);
  expect(sourceHistory(incident, 1).map(({ before, text }) => [before, text])).toEqual([
    ['Спасибо', 'Спасибо вам'],
  ]);
});

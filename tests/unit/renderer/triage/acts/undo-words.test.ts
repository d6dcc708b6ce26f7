import { expect, test } from 'vitest';
import type { UndoableCommand } from '#shared/domain/undo.ts';
import { undoWords, type UndoOutcome } from '#renderer/triage/acts/undo-words.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';

const WHY = 'Отменить уже нельзя: после этого сделано «Взято в работу» (Сидоров, 12:30).';
const ENTER = ['route', 'place', 'classify'] as const;
const outcomes = (n: number, names: readonly UndoableCommand[], why: string | null = null): UndoOutcome[] =>
  names.map((name) => ({ incident: `incident-${n}`, about: `№ ${n}`, name, why }));
const said = (...all: readonly (readonly UndoOutcome[])[]): string =>
  undoWords(all.flat(), wordsOf('ru'), 'ru');

test.each<readonly [string, string, string]>([
  ['one act', said(outcomes(5, ['claim'])), '№ 5: снова общее, взятие отменено'],
  ['one Enter', said(outcomes(5, ENTER)), '№ 5, отменено: направление, место и тема'],
  ['one act refused', said(outcomes(5, ['route'], WHY)), `№ 5. ${WHY}`],
  ['one Enter refused, said once', said(outcomes(5, ENTER, WHY)), `№ 5. ${WHY}`],
  [
    'a part of one Enter',
    said(outcomes(5, ['route']), outcomes(5, ['place', 'classify'], WHY)),
    `№ 5: направление отменено. № 5, не отменено: место и тема. ${WHY}`,
  ],
  [
    'one act on many messages',
    said(...[1, 2, 3].map((n) => outcomes(n, ['reject']))),
    '№ 1, № 2 и № 3: отклонение отменено',
  ],
  [
    'one act on more messages than a toast can name',
    said(...Array.from({ length: 17 }, (_, n) => outcomes(n + 1, ['reject']))),
    '№ 1, № 2, № 3, № 4, № 5 и ещё 12: отклонение отменено',
  ],
  [
    'many messages, of which somebody acted on some',
    said(outcomes(1, ['reject']), outcomes(2, ['reject'], WHY), outcomes(3, ['reject'])),
    `№ 1 и № 3: отклонение отменено. № 2, не отменено: отклонение. ${WHY}`,
  ],
])('%s', (_what, words, wanted) => {
  expect(words).toBe(wanted);
});

test('two messages without a number are two', () => {
  const unnumbered = [1, 2].flatMap((n) => outcomes(n, ['claim']));
  const words = undoWords(
    unnumbered.map((outcome) => ({ ...outcome, about: 'No number' })),
    wordsOf('en'),
    'en',
  );
  expect(words).toBe('No number and No number: free again, taking it is undone');
});

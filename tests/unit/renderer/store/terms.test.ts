import fc from 'fast-check';
import { expect, test } from 'vitest';
import { termsOf } from '#renderer/data/store/terms.ts';
import { searchTerms } from '#shared/text/tokens.ts';

test('finds the same terms as the tokenizer of shared/text', () => {
  const words = fc.constantFrom(
    'Ёлка',
    'ёлки',
    'на',
    'дороге',
    'Дорога',
    'й',
    'café',
    'cafe\u0301',
    'Ω',
    '…😀',
    '—',
    'дом-5',
    '№',
    '12а',
    'И',
    'снег!',
    'vk.com',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(words).map((list) => list.join(' ')),
      ),
      (text) => {
        expect([...new Set(termsOf(text))]).toEqual(searchTerms(text));
      },
    ),
  );
});

import { expect, test } from 'vitest';
import { isCommonPassword } from '#server/accounts/common-password.ts';

const OWN = ['yudin', 'Сергей Юдин', 'meriya-birobidzhan', 'eao', 'Еврейская автономная область'];

test.each([
  'passwordpassword',
  'qwertyuiop[]asdfgh',
  'йцукенгшщзхъфывап',
  '123456789012345678',
  'аааааааааааааааааа',
  'Парольпароль123',
  'gfhjkmgfhjkm123',
  'Администратор2026',
  'Январь2026Январь',
  'Сергей Юдин 1985',
  'юдинюдинюдинюдин',
  'p@ssw0rdp@ssw0rd',
  // What the rule itself gives as an example.
  'Синий трактор везёт арбузы!',
  'blue-tractor-carries-melons',
])('%s is tried soon', (password) => expect(isCommonPassword(password, OWN)).toBe(true));

test.each([
  'сорок бочек мандаринов',
  'kot na kryshe poyot basom',
  'k7mx-p2qa-9dhe-w4tc',
  'три вагона щебня до обеда',
  '🚜🍉🌧️🐈🎻🧱🪁🦔🥁🪴🧊🛟🎈🧵🪵',
])('%s is not', (password) => expect(isCommonPassword(password, OWN)).toBe(false));

test('however long it is, only its beginning is looked at', () => {
  expect(isCommonPassword('пароль'.repeat(40_000), OWN)).toBe(true);
});

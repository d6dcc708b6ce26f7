import { expect, test } from 'vitest';
import { loginNameTrouble } from '#shared/domain/login-name.ts';
import { loginLooks } from '#shared/domain/records/looks.ts';

test.each([
  ['ivanov', null],
  ['i.ivanov@eao.example', null],
  ['Petrov_2', null],
  ['ab', 'login_length'],
  ['a'.repeat(65), 'login_length'],
  ['ivаnov', 'login_letters'], // «а» is Cyrillic
  ['иванов', 'login_letters'],
  ['iva nov', 'login_letters'],
  ['-ivanov', 'login_letters'],
  ['ivanov\u200B', 'login_letters'],
])('%s → %s', (login, trouble) => expect(loginNameTrouble(login)).toBe(trouble));

test('logins that look alike have one look', () => {
  expect(loginLooks('IvanOv1')).toBe(loginLooks('ivan0vl'));
  expect(loginLooks('ivanov')).not.toBe(loginLooks('ivanova'));
});

import { expect, test } from 'vitest';
import { hideContacts } from '#server/channels/intake/hide-contacts.ts';

test.each([
  ['Звоните 8 (914) 555-66-77 или +79145556677', 'Звоните … или …'],
  ['пишите: ivan.petrov+dom@mail.example.ru!', 'пишите: …!'],
  ['тел. 914 555 66 77', 'тел. …'],
  ['Дом 12, кв. 45, 2022-01-15 10:30', 'Дом 12, кв. 45, 2022-01-15 10:30'],
  ['счёт 1234567890123456, № 717475', 'счёт 1234567890123456, № 717475'],
])('%s', (text, expected) => {
  expect(hideContacts(text)).toBe(expected);
});

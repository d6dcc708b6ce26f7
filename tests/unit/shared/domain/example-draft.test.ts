import { expect, test } from 'vitest';
import { exampleDraft } from '#shared/domain/example-draft.ts';
import { exampleSchema } from '#shared/domain/example.ts';
import { shortened } from '#shared/text/shortened.ts';
import { incidentIn } from '#tests/fixtures/incident-builder.ts';

const ID = '01929aaa-0000-7000-8000-000000000001';

test('whole sentences are kept, of one that is too long whole words', () => {
  expect(shortened('Нет света. Третий день. Холодно.', 24)).toBe('Нет света. Третий день.');
  expect(shortened('Очень длинное предложение без единой точки', 20)).toBe('Очень длинное…');
  expect(shortened('а'.repeat(100), 20)).toBe(`${'а'.repeat(20)}…`);
});

test('a draft of an example hides who asked and says what was answered, in the month it was', () => {
  const incident = {
    ...incidentIn('done'),
    text: 'Иван Петров, ул. Советская, 15, тел. 8 914 123-45-67: провода висят над площадкой.',
  };
  const draft = exampleDraft(ID, incident, 'Asia/Vladivostok', 3);
  expect(exampleSchema.parse(draft)).toEqual(draft);
  expect(draft.text).toContain('[имя], ул. Советская, [дом], тел. [телефон]: провода висят над площадкой.');
  expect(draft).toMatchObject({ author: '', before: null, after: null, order: 3, incident: incident.id });
});

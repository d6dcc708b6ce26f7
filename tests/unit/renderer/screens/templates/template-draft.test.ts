import { expect, test } from 'vitest';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { readTemplate, templateFieldsOf } from '#renderer/screens/templates/template-draft.ts';

const ZONE = 'Asia/Vladivostok';
const FIRST = instantAtLocal(ZONE, 20_820, 0);
const SEEN: ReplyTemplate = {
  id: 'sneg',
  name: 'Снег уберут',
  text: '{обращение} Уберут до {срок}.',
  group: 'Дороги',
  topic: null,
  outcome: 'explained',
  network: 'vk',
  season: { from: '11-01', to: '03-31' },
  validFrom: FIRST + 7,
  validTo: null,
};
const read = (change: object, seen: ReplyTemplate | null = SEEN) =>
  readTemplate(
    { ...templateFieldsOf(seen, { text: 'Готово.', group: 'Дороги', topic: 'Ямы' }, ZONE), ...change },
    { seen, zone: ZONE, taken: new Set(['sneg']) },
  );

test('what is not touched stays, to the minute', () => {
  expect(read({}).value).toEqual(SEEN);
});

test('a new one begins with what it is made of, and has an id of its name', () => {
  expect(read({ name: ' Снег ' }, null).value).toMatchObject({
    id: 'sneg-2',
    name: 'Снег',
    text: 'Готово.',
    topic: 'Ямы',
    season: null,
    validFrom: null,
  });
});

test('a season is read as people write days, and a wrong day is named by its field', () => {
  expect(read({ seasonFrom: '1.6', seasonTo: '31.08' }).value?.season).toEqual({
    from: '06-01',
    to: '08-31',
  });
  expect(read({ seasonFrom: '', seasonTo: '' }).value?.season).toBeNull();
  expect(read({ seasonFrom: '31.02' }).wrong).toEqual(['seasonFrom']);
  expect(read({ seasonTo: '' }).wrong).toEqual(['seasonTo']);
  expect(read({ text: ' ' })).toMatchObject({ wrong: ['text'], empty: ['text'] });
  expect(read({ text: 'я'.repeat(3001) }).wrong).toEqual(['text']);
});

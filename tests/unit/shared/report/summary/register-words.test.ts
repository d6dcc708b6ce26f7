import { expect, test } from 'vitest';
import { registerLines } from '#shared/report/summary/register-lines.ts';

const period = { from: '2022-01-01', to: '2022-01-31', start: 0, end: 1 } as const;
const past = { topics: () => new Map<string, number>() };
const example = {
  id: '01929aaa-0000-7000-8000-000000000001',
  incident: '01929aaa-0000-7000-8000-000000000002',
  month: '2022-01',
  text: 'Ответ на звонок с 8–914–555–66–77, дом 5 на Советской',
  author: 'Ольга, 2-15-20',
  before: { hash: 'a'.repeat(64), width: 1, height: 1, caption: 'Снимок @petrov_79' },
  after: null,
  order: 1,
};

test('words of the registers that go on paper, into files and into the news hold no telephone of anybody', () => {
  const { examples, campaigns, activities } = registerLines(
    {
      examples: [example],
      campaigns: [
        {
          id: '01929aaa-0000-7000-8000-000000000003',
          title: 'Горячая линия 8-800-200-01-22 и сот. 89145556677',
          from: '2022-01-03',
          to: '2022-01-10',
          topics: [],
          reason: 'Писали с ivanov@mail.ru',
          reach: null,
          posts: [],
          materials: [],
        },
      ],
      activities: [
        {
          id: '01929aaa-0000-7000-8000-000000000004',
          kind: 'seminar',
          title: 'Семинар, запись @tsur79',
          date: '2022-01-12',
          place: 'ул. Ленина, 5, тел. 2-15-20',
          audience: '',
          agencies: [],
        },
      ],
    } as unknown as Parameters<typeof registerLines>[0],
    period as unknown as Parameters<typeof registerLines>[1],
    past as unknown as Parameters<typeof registerLines>[2],
    'Asia/Vladivostok',
  );
  expect(examples[0]).toMatchObject({
    text: 'Ответ на звонок с [телефон], дом 5 на Советской',
    author: 'Ольга, [телефон]',
    before: { caption: 'Снимок [имя]' },
  });
  expect(campaigns[0]).toMatchObject({
    title: 'Горячая линия 8-800-200-01-22 и сот. [телефон]',
    reason: 'Писали с [почта]',
  });
  expect(activities[0]).toMatchObject({
    title: 'Семинар, запись [имя]',
    place: 'ул. Ленина, 5, тел. [телефон]',
  });
});

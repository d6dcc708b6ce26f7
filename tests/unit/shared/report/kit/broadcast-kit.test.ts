import { expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { kitOf, kitTopics, kitQuestionOf } from '#shared/report/kit/broadcast-kit.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { kitBody, kitPage } from '#shared/report/kit/kit-sheet.ts';
import { periodsOf } from '#shared/report/facts/period.ts';
import { textOf } from '#shared/text/html.ts';
import { baseFacts, directory, january, ZONE } from '#tests/fixtures/facts.ts';
import { incidentIn } from '#tests/fixtures/incident-builder.ts';

const periods = periodsOf({ form: 'month', from: '2022-01-01', to: '2022-01-31' }, ZONE);

const facts = (ids: readonly string[], over: Partial<Facts>): readonly Facts[] =>
  ids.map((id, index): Facts => ({ ...baseFacts, id, createdAt: january.start + index, ...over }));

const base = incidentIn('done');
const incident = (id: string, text: string, answer: string): Incident => ({
  ...base,
  id,
  text,
  author: { name: 'Зинат Тюльпан', url: 'https://vk.example/id1' },
  replies: base.replies.map((reply) => ({ ...reply, agency: 'a', text: answer })),
});

const ANSWER = 'Здравствуйте, Ольга! Яма на улице Советской, 15 засыпана, работы приняты. Телефон 2-15-20.';
const incidents = [
  incident('1', 'Яма у дома 5 на Советской, колесо пробил. Тюльпан', ANSWER),
  incident('2', 'Яма у дома 5 на Советской, колесо пробил вчера', ANSWER),
  incident('3', 'Когда отремонтируют мост через Биру? Звоните 89141234567', 'Мост внесён в план на июль.'),
];

test('the questions to an agency are counted by topic, and told without names, numbers and links', () => {
  const all = [
    ...facts(['1', '2', '3'], { topic: 'Ямы', agency: 'a' }),
    ...facts(['4'], { topic: 'Остановки', agency: 'a' }),
    ...facts(['5'], { topic: '', agency: 'a' }),
    ...facts(['6'], { topic: 'Ямы', agency: 'b' }),
    ...facts(['7'], { topic: 'Ямы', agency: 'a', createdAt: january.end }),
  ];
  const { received, topics } = kitTopics(all, periods, 'a');
  expect(received).toBe(5);
  expect(topics.map(({ topic, count, ids }) => [topic, count, ids])).toEqual([
    ['Ямы', 3, ['3', '2', '1']],
    ['Остановки', 1, ['4']],
  ]);
  const questions = topics.map((topic) =>
    kitQuestionOf(
      topic,
      incidents.filter(({ id }) => topic.ids.includes(id)),
      'a',
    ),
  );
  const kit = kitOf({ periods, asOf: january.end, agency: 'a', directory, received, questions });
  expect(kit.others).toBe(1);
  expect(kit.questions[0]?.quotes).toHaveLength(2);
  expect(kit.questions[0]?.answers).toEqual([
    {
      text: 'Здравствуйте, [имя]! Яма на улице Советской, [дом] засыпана, работы приняты. Телефон [телефон].',
      count: 2,
    },
    { text: 'Мост внесён в план на июль.', count: 1 },
  ]);
  const text = textOf(kitBody(kit, 'ru'));
  for (const secret of ['Тюльпан', 'Ольга', '89141234567', '2-15-20', 'дома 5', ', 15', 'vk.example'])
    expect(text).not.toContain(secret);
  expect(text).toContain('Ямы');
  expect(text).toContain('похожих ответов: 2');
});

test('a kit of nothing says so, and markup in a question is a question', () => {
  const nothing = { periods, asOf: january.end, agency: 'a', directory, received: 0, questions: [] };
  expect(textOf(kitBody(kitOf(nothing), 'ru'))).toContain('За этот период ведомству ничего не направляли.');
  const evil = incident('1', '<script>alert(1)</script> & «кавычки»', '<img src=x onerror=alert(1)>');
  const [topic] = kitTopics(facts(['1'], { agency: 'a' }), periods, 'a').topics;
  const questions = topic === undefined ? [] : [kitQuestionOf(topic, [evil], 'a')];
  const page = kitPage(kitOf({ ...nothing, received: 1, questions }), 'en', '');
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toMatch(/<script|<img/);
});

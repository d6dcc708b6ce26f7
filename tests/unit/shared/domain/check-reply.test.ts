import { describe, expect, it } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { bodyPrint } from '#shared/domain/reply-check/check-content.ts';
import { checkReply } from '#shared/domain/reply-check/check-reply.ts';
import type { CheckedContext } from '#shared/domain/reply-check/reply-warning.ts';

const GOOD =
  'Здравствуйте, Игорь! Бригада управления дорог засыплет яму у дома 12 до 20 декабря. ' +
  'Спасибо, что сообщили Вы.';
const context: CheckedContext = {
  message: 'Яма у дома на Пионерской, разбили колесо',
  authorName: 'Игорь Петров',
  network: 'vk',
  messageKind: 'comment',
  files: 0,
  earlier: [],
  others: [],
  at: Date.UTC(2025, 11, 15, 1),
  calendar: compileCalendar(defaultWorkingCalendar()),
};

/** Kinds of warnings with the words they point at. */
const found = (reply: string, other: Partial<CheckedContext> = {}): [string, string][] =>
  checkReply(reply, { ...context, ...other }).map(({ kind, start, end }) => [kind, reply.slice(start, end)]);

describe('checkReply', () => {
  it('has nothing to say of a good reply, nor of an empty one', () => {
    expect(found(GOOD)).toEqual([]);
    expect(found('  ')).toEqual([]);
  });

  it.each<[string, string, [string, string][], Partial<CheckedContext>]>([
    ['an unfilled variable', GOOD.replace('12', '{дом}'), [['variable', '{дом}']], {}],
    ['a gap to fill in', GOOD.replace('12', '____'), [['variable', '____']], {}],
    ['a resident’s telephone', `${GOOD} Сосед: 8 914 123-45-67.`, [['personal_data', '8 914 123-45-67']], {}],
    ['the name of another', GOOD.replace('Игорь', 'Ольга'), [['wrong_name', 'Ольга']], {}],
    ['familiarity', GOOD.replace('сообщили Вы', 'пишешь ты'), [['familiar', 'ты']], {}],
    ['a small «вы»', GOOD.replace('Вы', 'вы'), [['small_you', 'вы']], {}],
    ['a link where none is taken', `${GOOD} https://eao.ru/a`, [['link', 'https://eao.ru/a']], {}],
    ['no greeting', GOOD.replace('Здравствуйте, Игорь! ', ''), [['greeting', '']], {}],
    ['another matter', GOOD, [['off_topic', '']], { message: 'Нет автобуса утром на остановке' }],
    ['a reply given before', GOOD, [['repeated', '']], { earlier: [`${GOOD} С уважением`] }],
    [
      'a reply that somebody else got',
      GOOD,
      [['as_others', '']],
      { others: [bodyPrint('Нет автобуса'), bodyPrint(GOOD.replace('Игорь', 'Ольга'))] },
    ],
    [
      'a reply that the author got, and others too',
      GOOD,
      [['repeated', '']],
      { earlier: [GOOD], others: [bodyPrint(GOOD)] },
    ],
    [
      'a promise without a day',
      GOOD.replace('до 20 декабря', 'в ближайшее время'),
      [['undated_promise', 'в ближайшее время']],
      {},
    ],
    ['a promise without any time', GOOD.replace(' до 20 декабря', ''), [['undated_promise', '']], {}],
    [
      'nobody who does it',
      GOOD.replace('Бригада управления дорог засыплет', 'Засыплют'),
      [['no_responsible', '']],
      {},
    ],
    [
      'officialese',
      GOOD.replace('Бригада', 'В настоящее время бригада'),
      [['officialese', 'В настоящее время']],
      {},
    ],
  ])('warns of %s', (_name, reply, warnings, other) => {
    expect(found(reply, other)).toEqual(warnings);
  });

  it('warns of a reply that says neither what is done nor when', () => {
    expect(found('Здравствуйте, Игорь! Яма — вопрос администрации.')).toEqual([
      ['no_measure', ''],
      ['no_date', ''],
    ]);
  });

  it('lets links, and office telephones, out where a network takes them', () => {
    expect(found(`${GOOD} https://eao.ru/a`, { network: 'telegram' })).toEqual([]);
    expect(found(`${GOOD} Диспетчер: 8 (42622) 2-20-20.`)).toEqual([]);
  });

  it('tells plainer words, and how much a network takes', () => {
    const long = `${GOOD} ${'Работы идут каждый день. '.repeat(200)}`;
    const [warning] = checkReply(long, { ...context, network: 'max' });
    expect(warning).toMatchObject({ kind: 'too_long', start: 4000, instead: '4000' });
    const [official] = checkReply(GOOD.replace('Бригада', 'В целях уборки бригада'), context);
    expect(official).toMatchObject({ kind: 'officialese', instead: 'чтобы' });
  });
});

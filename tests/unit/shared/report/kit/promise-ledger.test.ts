import { expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { HistoryEntry, Incident, PromiseControl, Reply } from '#shared/domain/incident.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { periodsOf } from '#shared/report/facts/period.ts';
import { ledgerBook } from '#shared/report/kit/ledger-table.ts';
import { ledgerBody, ledgerPage } from '#shared/report/kit/ledger-sheet.ts';
import { ledgerCounts, ledgerOf, MOST_LINES, promisesDue } from '#shared/report/kit/promise-ledger.ts';
import { textOf } from '#shared/text/html.ts';
import { calendar, directory, ZONE } from '#tests/fixtures/facts.ts';
import { incidentIn } from '#tests/fixtures/incident-builder.ts';

const periods = periodsOf({ form: 'month', from: '2022-01-01', to: '2022-01-31' }, ZONE);
const at = (text: string): number => must(parseLocalTimestamp(ZONE, text), text);
const asOf = at('2022-01-20 12:00');
const base = incidentIn('satisfaction');
const reply = must(base.replies[0], 'a reply');

type Promised = Pick<PromiseControl, 'due' | 'state' | 'phrase'>;

/** An incident on a street whose agency's reply says so and promised that. */
function promising(street: string, agency: string, text: string, ...promises: readonly Promised[]): Incident {
  const made: Reply = { ...reply, agency, text, promises };
  return {
    ...base,
    author: { name: 'Зинат Тюльпан', url: '' },
    place: { ...base.place, street },
    replies: [made],
    promises: promises.map((promise, id) => ({ ...promise, id, precision: 'day' })),
  };
}

const moved = (promise: number, isUndone = false): HistoryEntry => ({
  event: 'promise_moved',
  at: asOf,
  by: 'operator-1',
  detail: { promise, due: asOf, precision: 'day', reason: 'ждём' },
  ...(isUndone && { undone: true as const }),
});

const day = (date: string, state: PromiseControl['state'], phrase = 'скоро'): Promised => ({
  due: at(`${date} 18:00`),
  state,
  phrase,
});

const incidents: readonly Incident[] = [
  promising('Пушкина', 'roads', 'Тюльпан, скоро засыплем у дома 5.', day('2022-01-25', 'open')),
  promising('Ленина', 'roads', 'Скоро починим.', day('2022-01-12', 'open'), day('2022-02-03', 'open')),
  {
    ...promising('Ленина', 'roads', 'Починим.', day('2022-01-10', 'kept'), day('2022-01-11', 'cancelled')),
    history: [moved(0), moved(0, true), moved(0), moved(1)],
  },
  promising('Ленина', 'housing', 'Сделаем.', day('2022-01-15', 'broken')),
];
const promises = incidents.flatMap((incident) => promisesDue(incident, { periods, asOf, calendar }));
const ledger = ledgerOf({ periods, asOf, directory, promises });

test('promises that fall due in the period stand by agency, street and day, with what became of them', () => {
  expect(
    ledger.parts.map(({ agency, lines }) => [
      agency,
      lines.map(({ street, date, state, moved: times }) => [street, date, state, times]),
    ]),
  ).toEqual([
    ['housing', [['Ленина', '2022-01-15', 'broken', 0]]],
    [
      'roads',
      [
        ['Ленина', '2022-01-10', 'kept', 2],
        ['Ленина', '2022-01-12', 'late', 0],
        ['Пушкина', '2022-01-25', 'open', 0],
      ],
    ],
  ]);
  expect(ledgerCounts(ledger.parts.flatMap(({ lines }) => lines))).toEqual({
    all: 4,
    kept: 1,
    broken: 1,
    late: 1,
    open: 1,
    moved: 2,
  });
});

test('an hour is told where one was named, and neither names nor houses are', () => {
  const hourly = promisesDue(
    {
      ...must(incidents[0], 'an incident'),
      promises: [{ id: 0, due: at('2022-01-25 14:30'), state: 'open', phrase: 'скоро', precision: 'hour' }],
    },
    { periods, asOf, calendar },
  );
  expect(hourly.map(({ date, hour }) => [date, hour])).toEqual([['2022-01-25', '14:30']]);
  expect(promises.map(({ hour }) => hour)).toEqual([null, null, null, null]);
  const said = textOf(ledgerBody(ledger, 'ru'));
  expect(said).toContain('[имя], скоро засыплем у [дом].');
  expect(said).not.toMatch(/Тюльпан|дома 5/);
});

test.each([
  ['ru', 'Обещаний 4: выполнено 1, не выполнено 1, срок прошёл и не отмечено 1, ждёт 1. Переносов: 2.'],
  ['en', 'Promises 4: 1 kept, 1 not kept, 1 past and not marked, 1 waiting. Moved: 2 times.'],
] as const)('the page counts them (%s)', (language, sentence) => {
  expect(textOf(ledgerBody(ledger, language)).replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect(ledgerPage(ledger, language, '')).toMatch(/^<!doctype html>.+<\/html>$/s);
});

test('the workbook has a row for each promise, with its agency and municipality', () => {
  const [sheet] = ledgerBook(ledger, 'ru');
  expect(sheet?.rows).toHaveLength(5);
  expect(sheet?.rows[0]).toEqual([
    'где',
    'муниципалитет',
    'ведомство',
    '№',
    'до',
    'обещано',
    'что стало',
    'переносов',
  ]);
  expect(sheet?.rows[2]).toEqual([
    'Ленина',
    base.place.municipality,
    directory.agencyName('roads'),
    String(base.number),
    '10.01.2022',
    'скоро',
    'выполнено',
    2,
  ]);
});

test('a ledger lists so many promises, the earliest, and says how many it leaves out', () => {
  const many = Array.from({ length: MOST_LINES + 3 }, () => must(promises[0], 'a promise'));
  const bounded = ledgerOf({
    periods,
    asOf,
    directory,
    promises: [...many, must(promises[1], 'an early one')],
  });
  expect(bounded.others).toBe(4);
  expect(bounded.parts.flatMap(({ lines }) => lines)).toHaveLength(MOST_LINES);
  expect(bounded.parts[0]?.lines[0]?.date).toBe('2022-01-12');
  expect(textOf(ledgerBody(bounded, 'ru'))).toContain('не поместились: 4.');
});

test('nothing promised is said', () => {
  const empty = ledgerOf({ periods, asOf, directory, promises: [] });
  expect(textOf(ledgerBody(empty, 'ru'))).toContain('На этот период ничего не обещано.');
});

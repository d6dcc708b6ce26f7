import { describe, expect, test } from 'vitest';
import { aheadOf } from '#shared/report/summary/ahead.ts';
import { inputOf } from '#tests/fixtures/report-input.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { controlOfIncident, owedMoments, type Control } from '#shared/report/facts/controls.ts';
import { owedOf } from '#tests/fixtures/report-oracles.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import { periodAround, periodsOf } from '#shared/report/facts/period.ts';
import { sheetBody } from '#shared/report/paper/sheet.ts';
import { textOf } from '#shared/text/html.ts';
import { baseFacts, calendar, directory, ZONE } from '#tests/fixtures/facts.ts';
import { incidentIn } from '#tests/fixtures/incident-builder.ts';

const DAY = 86_400_000;
const week = periodAround('week', '2022-01-19', ZONE);
const request = { form: 'week', from: week.from, to: week.to } as const;
const before = (days: number): number => week.start - days * DAY;

const facts = (count: number, createdAt: number, over: Partial<Facts> = {}): readonly Facts[] =>
  Array.from({ length: count }, (_, index): Facts => ({
    ...baseFacts,
    id: `${createdAt}-${over.topic ?? ''}-${index}`,
    createdAt,
    closedAt: createdAt + DAY / 2,
    firstReplyAt: createdAt + 3_600_000,
    ...over,
  }));

const control = (id: string, over: Partial<Control> = {}): Control => ({
  id,
  number: 7,
  createdAt: week.start + 1,
  agency: 'a',
  group: 'Дороги',
  topic: 'Ямы',
  municipality: 'Биробиджан г.о.',
  dueAt: null,
  promiseAt: null,
  ...over,
});

const noteOf = (all: readonly Facts[], controls: readonly Control[] = []) => {
  const input = inputOf(all, request, { calendar, directory, controls }, week.end);
  const report = makeReport(input);
  return { input, report, text: textOf(sheetBody(report, 'ru', 'note')) };
};

describe('a weekly note', () => {
  const usual = facts(10, before(7));
  const now = [
    ...facts(6, week.start + 1),
    ...facts(9, week.start + DAY, { topic: 'Ямы', workingMinutes: 40 }),
  ];

  test('tells counts with their change to last week, and what stands out', () => {
    const { text } = noteOf([...usual, ...now]);
    expect(text).toContain('Недельная записка: 17–23 января 2022');
    expect(text).toMatch(/поступило 15 10\s*\+5/);
    expect(text).toMatch(/среднее до первого ответа, рабочее время 28\sмин 10\sмин\s*\+18\sмин/);
    expect(text).toContain('Пишут чаще: Ямы — было 0, стало 9.');
    expect(text).toContain('Ответа ждут дольше: было 10\u00A0мин, стало 28\u00A0мин.');
  });

  test('says so when nothing stands out, and when nothing came', () => {
    const { text } = noteOf([...usual, ...facts(10, week.start + 1)]);
    expect(text).toContain('Заметных отклонений от обычного нет.');
    expect(text).toContain('Просроченных ответов нет.');
    expect(noteOf([]).text).toContain('За этот период сообщений не поступило.');
  });

  test('names what is overdue and what was promised up to the end of next week, late ones first', () => {
    const open: Partial<Facts> = { step: 'in_progress', closedAt: null, firstReplyAt: null };
    const all = facts(4, week.start + 1, open).map((row, index) => ({ ...row, id: `c${index}` }));
    const controls = [
      control('c0', { dueAt: week.end - 1 }),
      control('c1', { dueAt: week.end + 1, promiseAt: week.end + 2 * DAY }),
      control('c2', { promiseAt: week.end - DAY, number: 41 }),
      control('c3', { promiseAt: week.end + 9 * DAY }),
      control('later', { createdAt: week.end + 1, dueAt: week.end + 1, promiseAt: week.end + 1 }),
    ];
    const { report, text, input } = noteOf(all, controls);
    expect(report.ahead).toMatchObject({
      from: '2022-01-24',
      to: '2022-01-30',
      overdue: 1,
      overdueAgencies: [{ agency: 'a', count: 1 }],
      promised: 2,
      promisedLate: 1,
    });
    expect(report.ahead.promises.map(({ id, isLate }) => [id, isLate])).toEqual([
      ['c2', true],
      ['c1', false],
    ]);
    expect(text).toContain('Обещано на дни до 30.01.2022: 2');
    expect(text).toContain('Не исполнено к обещанному дню: 1.');
    expect(factsBehind('overdueNow', input).map(({ id }) => id)).toEqual(['c0']);
    expect(factsBehind('promised', input).map(({ id }) => id)).toEqual(['c1', 'c2']);
  });
});

test('a closed incident owes nothing, an open one its deadline', () => {
  expect(controlOfIncident(incidentIn('done'))).toBeNull();
  const open = incidentIn('in_progress');
  expect(controlOfIncident(open)).toMatchObject({ id: open.id, dueAt: open.due?.at, promiseAt: null });
  const periods = periodsOf(request, ZONE);
  const owed = owedOf([], owedMoments(periods, week.end, ZONE));
  expect(aheadOf({ owed, periods, asOf: week.end, directory })).toMatchObject({
    overdue: 0,
    promised: 0,
    promises: [],
  });
});

import { describe, expect, it } from 'vitest';
import { newsItem } from '#shared/report/paper/news-item.ts';
import { stretchName } from '#shared/report/paper/period-name.ts';
import type { IssueMark, PeriodReport } from '#shared/report/summary/period-report.ts';
import { pageStyle, sheetBody, SHEET_SIZES } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { textOf } from '#shared/text/html.ts';
import { baseFacts, january, monthRequest, reported } from '#tests/fixtures/facts.ts';

const DAY = 86_400_000;
const facts = [
  ...Array.from({ length: 6 }, (_, at) => ({ ...baseFacts, id: `new${at}` })),
  ...Array.from({ length: 3 }, (_, at) => ({
    ...baseFacts,
    id: `before${at}`,
    createdAt: january.start - DAY,
  })),
  ...Array.from({ length: 2 }, (_, at) => ({
    ...baseFacts,
    id: `june${at}`,
    createdAt: january.start - 200 * DAY,
  })),
];
const compare = { from: '2021-06-01', to: '2021-06-30' };
const usual = reported(facts).report;
const chosen = reported(facts, { ...monthRequest(), compare }).report;
const said = (report: PeriodReport, language: 'ru' | 'en', size: 'short' | 'full'): string =>
  textOf(sheetBody(report, language, size)).replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a chosen comparison', () => {
  it('takes the place of the period before in every number', () => {
    expect([usual.compared, usual.previous, usual.groups[0]?.previous]).toEqual([null, { received: 3 }, 3]);
    expect([chosen.compared, chosen.previous, chosen.groups[0]?.previous]).toEqual([
      compare,
      { received: 2 },
      2,
    ]);
    expect(chosen.comparisons.previous).toMatchObject({ ...compare, received: 2 });
    expect(chosen.received).toBe(usual.received);
  });

  it('is called by its name wherever the period before would be', () => {
    expect(said(usual, 'ru', 'short')).toContain('+100 % к прошлому периоду');
    expect(said(chosen, 'ru', 'short')).toContain('+200 % к периоду «июнь 2021 года»');
    expect(said(chosen, 'en', 'short')).toContain('+200 % to June 2021');
    expect(said(chosen, 'ru', 'full')).toContain('июнь 2021 года 01.06.2021–30.06.2021');
    expect(said(chosen, 'ru', 'full')).not.toContain('прошлый период');
    const empty = { from: '2019-06-01', to: '2019-06-30' };
    const { report } = reported(facts, { ...monthRequest(), compare: empty });
    expect(said(report, 'ru', 'short')).toContain('за период «июнь 2019 года» сообщений нет');
    expect(newsItem(chosen).map(textOf).join(' ')).toContain('больше, чем за июнь 2021 года');
    expect(summaryBook(chosen, 'ru')[0]?.rows.map(([name]) => name)).toContain('июнь 2021 года');
  });

  it.each([
    [{ from: '2021-06-01', to: '2021-06-30' }, 'июнь 2021 года'],
    [{ from: '2021-04-01', to: '2021-06-30' }, 'II квартал 2021 года'],
    [{ from: '2021-01-01', to: '2021-12-31' }, '2021 год'],
    [{ from: '2021-06-07', to: '2021-06-13' }, '7–13 июня 2021 г.'],
  ])('is named as a person would name it', (stretch, name) => {
    expect(
      stretchName(stretch, 'ru')
        .replaceAll(/[\u00a0\u2009\u202f]/g, ' ')
        .replaceAll(' – ', '–'),
    ).toBe(name);
  });
});

describe('an issued summary', () => {
  const issued: IssueMark = {
    number: 2,
    at: Date.UTC(2022, 1, 3, 0, 12),
    by: 'Иванова <А.>',
    remark: 'исправлено ведомство',
    sha256: 'ab'.repeat(32),
  };

  it.each(SHEET_SIZES)('says on the %s sheet which issue it is, of when, whose, and its checksum', (size) => {
    const text = textOf(sheetBody({ ...usual, issued }, 'ru', size));
    expect(text).toContain('Выпуск 2 от 03.02.2022 10:12 · Иванова <А.> · исправлено ведомство');
    expect(text).toContain('ab'.repeat(32));
    expect(sheetBody(usual, 'ru', size).markup).not.toContain('SHA-256');
  });

  it('says it at the foot of every page of the full one', () => {
    expect(pageStyle({ ...usual, issued }, 'en', 'full')).toContain('Issue 2 of 03.02.2022 10:12');
  });
});

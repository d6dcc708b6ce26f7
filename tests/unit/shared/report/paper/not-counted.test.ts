import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { compileCalendar, yearsWithoutHolidays } from '#shared/domain/calendar.ts';
import { clocksOf } from '#shared/domain/clock.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { must } from '#shared/domain/must.ts';
import { computedCells } from '#shared/exchange/computed-cells.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { judge } from '#shared/report/facts/facts.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { reportText } from '#shared/report/summary/report-text.ts';
import { sheetPage } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { exchangeContext } from '#tests/fixtures/exchange.ts';
import { baseFacts, reported, ZONE } from '#tests/fixtures/facts.ts';
import { build, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const SENTENCE =
  'за 2017 нет производственного календаря: рабочее время таких ответов не посчитано и в среднее не вошло';
const calendar = compileCalendar(defaultWorkingCalendar(ZONE));
const at = (text: string): number => Date.parse(`${text}+10:00`);

test('a year without a production calendar makes no wrong number of working time', () => {
  expect(clocksOf(calendar, at('2016-12-30T17:00:00'), at('2017-01-09T09:00:00'))).toMatchObject({
    workingMinutes: null,
    wallMinutes: 9 * 1440 + 16 * 60,
  });
  expect(clocksOf(calendar, at('2019-12-31T16:00:00'), at('2020-01-09T09:00:00')).workingMinutes).toBe(60);
});

test('it names the years, both ends and all between, by the local day', () => {
  expect(yearsWithoutHolidays(calendar, at('2016-06-01T12:00:00'), at('2018-06-01T12:00:00'))).toEqual([
    2016, 2017,
  ]);
  expect(yearsWithoutHolidays(calendar, at('2027-12-31T23:59:59'), at('2028-01-01T00:00:00'))).toEqual([
    2028,
  ]);
  expect(yearsWithoutHolidays(calendar, at('2018-01-01T00:00:00'), at('2027-12-31T23:59:59'))).toEqual([]);
});

test('a calendar of a week alone has nothing to be without', () => {
  const week = compileCalendar({ ...defaultWorkingCalendar(ZONE), days: {} });
  expect(yearsWithoutHolidays(week, at('2016-06-01T12:00:00'), at('2017-06-01T12:00:00'))).toEqual([]);
});

test('the summary leaves such answers out of its figures, says so on paper, and is silent otherwise', () => {
  const row = { ...baseFacts, createdAt: at('2017-03-06T10:00:00'), firstReplyAt: at('2017-03-09T10:00:00') };
  const facts = { ...row, ...judge(row, exchangeContext) };
  expect(facts).toMatchObject({ workingMinutes: null, wallMinutes: 3 * 1440, inTime: null });
  const { report } = reported([facts], { form: 'month', from: '2017-03-01', to: '2017-03-31' });
  expect(report).toMatchObject({
    withoutCalendar: [2017],
    firstReply: { answered: 1, working: { count: 0 } },
  });
  expect(sheetPage(report, 'ru', '', 'short')).toContain('за 2017 нет производственного календаря');
  expect(sheetPage(report, 'en', '', 'short')).toContain('no production calendar for 2017');
  expect(sheetPage(report, 'ru', '', 'note')).toContain(SENTENCE);
  expect(JSON.parse(reportText(report))).toHaveProperty('withoutCalendar', [2017]);
  const usual = reported([baseFacts]).report;
  expect(usual).not.toHaveProperty('withoutCalendar');
  expect(sheetPage(usual, 'ru', '', 'short')).not.toContain('производственного календаря');
});

test('the Word document and the workbook say it as the sheet does, and are silent otherwise', async () => {
  const row = { ...baseFacts, createdAt: at('2017-03-06T10:00:00'), firstReplyAt: at('2017-03-09T10:00:00') };
  const facts = { ...row, ...judge(row, exchangeContext) };
  const { report } = reported([facts], { form: 'month', from: '2017-03-01', to: '2017-03-31' });
  const documents = async (summary: PeriodReport): Promise<readonly string[]> =>
    [
      [await summaryDocx(summary, 'ru'), 'word/document.xml'] as const,
      [writeWorkbook(summaryBook(summary, 'ru')), 'xl/worksheets/sheet1.xml'] as const,
    ].map(([bytes, part]) => strFromU8(must(unzipSync(bytes)[part], part)));
  for (const text of await documents(report)) expect(text).toContain(SENTENCE);
  for (const text of await documents(reported([baseFacts]).report))
    expect(text).not.toContain('производственного календаря');
});

test('the summary names the incidents it could not count, on every paper, and is silent otherwise', async () => {
  const whole = reported([baseFacts]).report;
  const report = { ...whole, unread: ['17', '25'] };
  expect(sheetPage(report, 'ru', '', 'short')).toContain('не посчитано инцидентов: 2');
  expect(sheetPage(report, 'en', '', 'short')).toContain('2 incidents are not counted');
  expect(sheetPage(report, 'ru', '', 'note')).toContain('№ 17, 25');
  const document = must(unzipSync(await summaryDocx(report, 'ru'))['word/document.xml'], 'the document');
  expect(strFromU8(document)).toContain('№ 17, 25');
  expect(sheetPage(whole, 'ru', '', 'short')).not.toContain('не посчитано инцидентов');
  const many = { ...whole, unread: Array.from({ length: 30 }, (_, index) => `a${index}`) };
  expect(sheetPage(many, 'ru', '', 'short')).toContain('a19, …');
});

test('an exported cell says it instead of a number', () => {
  const incident = build(WAY_TO.done);
  const shifted = (year: number) => {
    const by = at(`${year}-01-18T10:00:00`) - incident.createdAt;
    const replies = incident.replies.map((reply) =>
      reply.publishedAt === null ? reply : { ...reply, publishedAt: reply.publishedAt + by },
    );
    return computedCells({ ...incident, createdAt: incident.createdAt + by, replies }, exchangeContext);
  };
  expect(shifted(2017).firstReplyWorking).toBe('нет производственного календаря за 2017');
  expect(shifted(2019).firstReplyWorking).toEqual(expect.any(Number));
});

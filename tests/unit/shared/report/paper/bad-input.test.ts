import { describe, expect, test } from 'vitest';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { inputOf } from '#tests/fixtures/report-input.ts';
import { factsOf, type Facts } from '#shared/report/facts/facts.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import { periodAround, type PeriodForm, type ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { SHEET_SIZES, sheetPage } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { baseFacts, calendar, directory, ZONE } from '#tests/fixtures/facts.ts';
import { incidentIn, MINUTE } from '#tests/fixtures/incident-builder.ts';

const DAY = 86_400_000;

const around = (form: PeriodForm, date: string): ReportRequest => {
  const { from, to } = periodAround(form, date, ZONE);
  return { form, from, to };
};

const reportOf = (
  facts: readonly Facts[],
  request: ReportRequest,
  asOf = Date.UTC(2026, 0, 1),
): PeriodReport => makeReport(inputOf(facts, request, { calendar, directory, controls: [] }, asOf));

/**
 * Finds flaws on any form of paper in either language: words of a program that does not know, sums that do
 * not add up.
 */
async function flawsOf(report: PeriodReport): Promise<readonly string[]> {
  const flaws: string[] = [];
  for (const language of ['ru', 'en'] as const) {
    for (const size of SHEET_SIZES) {
      const page = sheetPage(report, language, '', size);
      const shown = page.slice(page.indexOf('<body>')).replaceAll(/<[^>]*>/g, ' ');
      const found = /NaN|undefined|null|Infinity|Invalid|\[object|\{\w+\}/.exec(shown);
      if (found !== null) flaws.push(`${size} ${language}: ${found[0]}`);
    }
    const book = /NaN|undefined|Infinity/.exec(JSON.stringify(summaryBook(report, language)));
    if (book !== null) flaws.push(`book ${language}: ${book[0]}`);
  }
  if ((await summaryDocx(report, 'ru')).length < 1000) flaws.push('docx');
  if (!report.control.balances || !report.flow.balances) flaws.push('does not add up');
  return flaws;
}

const at = (date: string, over: Partial<Facts> = {}): Facts => {
  const createdAt = periodAround('custom', date, ZONE).start + 3 * 3_600_000;
  return {
    ...baseFacts,
    id: `${date} ${over.id ?? ''}`,
    createdAt,
    closedAt: createdAt + DAY,
    firstReplyAt: createdAt + 3_600_000,
    ...over,
  };
};

describe('a summary of little prints whole', () => {
  test.each([
    ['a month with nothing in it', [], around('month', '2022-01-01')],
    ['one incident', [at('2022-01-10')], around('month', '2022-01-01')],
    [
      'one incident nobody answered',
      [
        at('2022-01-10', {
          step: 'new',
          closedAt: null,
          firstReplyAt: null,
          workingMinutes: null,
          wallMinutes: null,
          inTime: null,
          agency: '',
          type: null,
          outcome: null,
          closing: null,
        }),
      ],
      around('week', '2022-01-10'),
    ],
    ['a single day', [at('2022-01-10')], around('custom', '2022-01-10')],
    ['a future month', [at('2022-01-10')], around('month', '2031-05-01')],
    ['a month a century away', [at('2022-01-10')], around('month', '2122-05-01')],
    ['a month before the registry', [at('2022-01-10')], around('month', '1999-12-01')],
  ] as const)('%s', async (_, facts, request) => {
    expect(await flawsOf(reportOf(facts, request))).toEqual([]);
  });
});

describe('a period across a change', () => {
  test('of the production calendar: holidays of both years, and every day once', async () => {
    const request = { form: 'custom', from: '2021-12-20', to: '2022-01-15' } as const;
    const report = reportOf([at('2021-12-31'), at('2022-01-01'), at('2022-01-10')], request);
    const off = report.days.filter(({ isWorking }) => !isWorking).map(({ date }) => date);
    expect(off).toContain('2021-12-31');
    expect(off).toContain('2022-01-07');
    expect(off).not.toContain('2022-01-10');
    expect(report.days.map(({ count }) => count).filter((count) => count > 0)).toEqual([1, 1, 1]);
    expect(await flawsOf(report)).toEqual([]);
  });

  test('of the zone’s own time: the day of 25 hours is one day', async () => {
    // Asia/Vladivostok went from UTC+11 to UTC+10 on 26 October 2014.
    const { start, end } = periodAround('month', '2014-10-01', ZONE);
    expect((end - start) / 3_600_000).toBe(31 * 24 + 1);
    const facts = [start, start + 25 * DAY + 12 * 3_600_000, end - 1].map((createdAt, index) =>
      at('2014-10-01', { id: `${index}`, createdAt, closedAt: createdAt + 1, firstReplyAt: createdAt + 1 }),
    );
    const report = reportOf(facts, around('month', '2014-10-01'));
    expect(report.received).toBe(3);
    expect(report.days).toHaveLength(31);
    expect(report.days.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(await flawsOf(report)).toEqual([]);
  });

  test('of the dictionary: a renamed topic does not rise from nothing', async () => {
    const old = { group: 'Благоустройство', topic: '★ Ямы во дворах' };
    const now = { group: 'Благоустройство', topic: 'Ямы во дворах' };
    const facts = [
      ...Array.from({ length: 9 }, (_, index) => at('2023-12-11', { id: `${index}`, ...old })),
      ...Array.from({ length: 10 }, (_, index) => at('2024-01-15', { id: `${index}`, ...now })),
    ];
    const report = reportOf(facts, around('month', '2024-01-01'));
    expect(report.movers.fallers).toEqual([]);
    expect(report.movers.risers).toEqual([{ ...now, count: 10, before: 9, change: 1 }]);
    expect(report.groups[0]).toMatchObject({ group: now.group, previous: 9, change: 1 });
    expect(await flawsOf(report)).toEqual([]);
    const across = reportOf(facts, { form: 'custom', from: '2023-12-01', to: '2024-01-31' });
    expect(across.groups[0]?.topics.map(({ topic, count }) => [topic, count])).toEqual([
      [now.topic, 10],
      [old.topic, 9],
    ]);
    expect(await flawsOf(across)).toEqual([]);
  });

  test('of agencies: one that was merged into another keeps its own line, one nobody knows its id', async () => {
    const names: Readonly<Record<string, string>> = {
      old: 'Управление дорог',
      merged: 'Управление дорог и транспорта',
    };
    const renamed = { ...directory, agencyName: (id: string) => names[id] ?? id };
    const facts = [
      at('2022-01-10', { agency: 'old' }),
      at('2022-01-20', { agency: 'merged' }),
      at('2022-01-21', { agency: 'gone-2019' }),
    ];
    const report = makeReport(
      inputOf(
        facts,
        around('month', '2022-01-01'),
        { calendar, directory: renamed, controls: [] },
        Date.UTC(2022, 1, 1),
      ),
    );
    expect(report.agencies.map(({ name }) => name).toSorted()).toEqual([
      'gone-2019',
      'Управление дорог',
      'Управление дорог и транспорта',
    ]);
    expect(await flawsOf(report)).toEqual([]);
  });
});

describe('incidents imported with missing or impossible times', () => {
  const done = incidentIn('done');
  const judgedBy = { calendar, policies: defaultPolicies };
  const request = around('month', '2022-01-01');
  const changed: readonly (readonly [string, Incident])[] = [
    ['closed, and nobody says when', { ...done, closing: null }],
    ['an answer before the message', { ...done, createdAt: done.createdAt + 5 * DAY }],
    [
      'answered, and nobody says when',
      { ...done, replies: done.replies.map((reply) => ({ ...reply, publishedAt: null })) },
    ],
    [
      'approved before it was asked for',
      {
        ...done,
        replies: done.replies.map((reply) => ({ ...reply, approvedAt: (reply.submittedAt ?? 0) - MINUTE })),
      },
    ],
    [
      'years no calendar knows',
      {
        ...done,
        createdAt: Date.UTC(1990, 0, 1),
        replies: done.replies.map((reply) => ({ ...reply, publishedAt: Date.UTC(2199, 0, 1) })),
      },
    ],
    ['closed before it came', { ...done, createdAt: must(done.closing, 'closed').at + 40 * DAY }],
  ];

  test.each(changed)('%s', async (_, incident) => {
    const facts = [factsOf(incident, judgedBy)];
    expect(await flawsOf(reportOf(facts, request))).toEqual([]);
    expect(
      await flawsOf(reportOf(facts, around('month', dateOfDay(localDayAt(ZONE, incident.createdAt))))),
    ).toEqual([]);
  });
});

test('markup is text, and a word of a hundred letters stays one cell', async () => {
  const evil = '<script>alert(1)</script>&amp;"\'';
  const long = 'Ы'.repeat(100);
  const facts = [at('2022-01-10', { group: evil, topic: long, municipality: long, agency: evil })];
  const report = reportOf(facts, around('month', '2022-01-01'));
  expect(await flawsOf({ ...report, regionName: evil })).toEqual([]);
  for (const size of SHEET_SIZES)
    expect(sheetPage({ ...report, regionName: evil }, 'ru', '', size)).not.toContain('<script');
});

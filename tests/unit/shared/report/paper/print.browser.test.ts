import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inputOf } from '#tests/fixtures/report-input.ts';
import { kitOf } from '#shared/report/kit/broadcast-kit.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { kitPage } from '#shared/report/kit/kit-sheet.ts';
import { ledgerPage } from '#shared/report/kit/ledger-sheet.ts';
import { ledgerOf } from '#shared/report/kit/promise-ledger.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import { periodsOf } from '#shared/report/facts/period.ts';
import { SHEET_SIZES, sheetPage } from '#shared/report/paper/sheet.ts';
import { baseFacts, calendar, directory, january, ZONE } from '#tests/fixtures/facts.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';

const LONG = 'Ы'.repeat(100);
const request = { form: 'month', from: '2022-01-01', to: '2022-01-31' } as const;
const nasty = { ...directory, regionName: `<b>${LONG}`, agencyName: () => `<i>${LONG}` };
const facts = Array.from({ length: 30 }, (_, index): Facts => ({
  ...baseFacts,
  id: `${index}`,
  createdAt: january.start + index * 3_600_000,
  group: `<script>${LONG}${index % 7}`,
  topic: `${LONG}${index % 9}`,
  municipality: `${LONG}${index % 12}`,
  agency: `${index % 10}`,
}));
const example = {
  id: '01929aaa-0000-7000-8000-000000000001',
  incident: '01929aaa-0000-7000-8000-000000000002',
  month: '2022-01',
  text: `<img src=x> ${LONG}\n${LONG}`,
  author: LONG,
  before: { hash: 'a'.repeat(64), width: 1280, height: 720, caption: LONG },
  after: { hash: 'b'.repeat(64), width: 720, height: 1280, caption: '' },
  order: 1,
};
const registers = { campaigns: [], activities: [], examples: [example] };
const report = makeReport(
  inputOf(facts, request, { calendar, directory: nasty, controls: [] }, january.end, registers),
);
const question = {
  group: LONG,
  topic: LONG,
  count: 9,
  places: [],
  quotes: [LONG],
  answers: [{ text: LONG, count: 2 }],
};
const kit = kitOf({
  periods: periodsOf(request, ZONE),
  asOf: january.end,
  agency: 'a',
  directory: nasty,
  received: 9,
  questions: [question],
});

const line = {
  agency: 'a',
  number: 4_294_967_295,
  municipality: LONG,
  street: LONG,
  due: january.end - 1,
  date: '2022-01-31',
  hour: '23:59',
  quote: `${LONG} ${LONG}`,
  state: 'late',
  moved: 12,
} as const;
const ledger = ledgerOf({
  periods: periodsOf(request, ZONE),
  asOf: january.end,
  directory: nasty,
  promises: Array.from({ length: 40 }, () => line),
});

const pages: readonly (readonly [string, string])[] = [
  ...SHEET_SIZES.map((size) => [size, sheetPage(report, 'ru', '', size)] as const),
  ['kit', kitPage(kit, 'ru', '')],
  ['ledger', ledgerPage(ledger, 'ru', '')],
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Nothing stands outside the paper: 182 mm of text, whatever residents wrote. */
test.each(pages)('the %s page keeps the longest words on paper and can be read aloud', async (_, markup) => {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  await page.setContent(markup);
  await page.emulateMedia({ media: 'print' });
  const outside = await page.evaluate(() => {
    const right = document.querySelector('article')?.getBoundingClientRect().right ?? 0;
    return [...document.querySelectorAll('article *')]
      .filter((element) => element.getBoundingClientRect().right > right + 1)
      .map((element) => element.outerHTML.slice(0, 120));
  });
  expect(outside).toEqual([]);
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations;
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)).toEqual([]);
  await page.close();
});

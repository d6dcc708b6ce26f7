import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { consoleBrowser } from '#tests/helpers/console-browser.ts';

const browser = consoleBrowser();
let page: Page;
let id: string;

beforeEach(async () => {
  await page?.context().close();
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${browser.url()}/?operator`);
  await page.waitForFunction(() => 'pultConsole' in globalThis);
  const found = await page.evaluate(
    async (query) => (await window.pultConsole.store.queue(query, 0, 200)).rows[0]?.id,
    { ...FIRST_QUERY, lane: 'publishing' as const },
  );
  id = must(found, 'an incident to publish');
  await page.goto(`${browser.url()}/incident/${id}?operator`);
  await page.getByRole('button', { name: 'Опубликовано' }).waitFor();
});

const incident = async (): Promise<Incident> =>
  must(await page.evaluate((key) => window.pultConsole.store.incident(key), id), 'the incident');

/** The answer goes out, and the author writes this a minute later. */
async function authorWrites(text: string, hasOutcome = true): Promise<void> {
  const at = must((await incident()).replies.at(-1)?.approvedAt, 'an approval');
  const commands: IncidentCommand[] = [
    { name: 'recordPublication', args: { at, link: '', account: '', hasMedia: false } },
    ...(hasOutcome
      ? [{ name: 'setOutcome', args: { type: 'solvable', outcome: 'explained' } } satisfies IncidentCommand]
      : []),
    { name: 'receiveMessage', args: { text, at: at + 60_000, url: '' } },
  ];
  await page.evaluate(
    ({ key, all }) => {
      const by = { id: 'operator-2', role: 'operator', agency: null } as const;
      for (const command of all) window.pultConsole.actAs(by, key, command);
    },
    { key: id, all: commands },
  );
}

const verdict = () => page.getByRole('group', { name: 'Что написал автор' });

test('thanks are proposed as what closes the message, and one press accepts', async () => {
  await authorWrites('Спасибо, всё убрали!');
  await verdict().getByText('Похоже, автор доволен: «Спасибо, всё убрали!»').waitFor();
  expect(await seriousViolations({ page })).toEqual([]);
  await verdict().getByRole('button', { name: 'Закрыть: автор доволен' }).click();
  await page.getByText('Сообщение закрыто').waitFor();
  expect((await incident()).closing?.reason).toBe('author_pleased');
});

test('without an outcome thanks close nothing yet, and the card says why', async () => {
  await authorWrites('Спасибо!', false);
  await verdict().getByText('Сначала сохраните тип и итог.').waitFor();
  expect(await verdict().getByRole('button').isDisabled()).toBe(true);
});

test('a denial is proposed as what begins the message anew, with the author’s words', async () => {
  await authorWrites('Ничего не убрали');
  await verdict().getByRole('button', { name: 'Открыть снова' }).click();
  await page.getByText('Сообщение открыто снова').waitFor();
  expect((await incident()).step).toMatchObject({
    name: 'reopened',
    reason: 'Автор недоволен: «Ничего не убрали»',
  });
});

test('a question is left to a person', async () => {
  await authorWrites('А когда уберут у соседей?');
  await page.getByText('А когда уберут у соседей?').first().waitFor();
  expect(await verdict().count()).toBe(0);
});

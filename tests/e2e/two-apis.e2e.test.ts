import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { ownerUrl, serverTruth } from './harness/server-truth.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { openNote, chosenIncident, goToLane } from './harness/work.ts';

let first: RunningPult;
let second: RunningPult;
/** The balancer before the API processes of an installation, here with the second one first. */
let balancer: BadLine;
let atFirst: TestConsole;
let atSecond: TestConsole;
let balanced: TestConsole;

beforeAll(async () => {
  first = await startServer({ hasJanuary: true });
  second = await startServer({ databaseUrl: ownerUrl(first.dataDir) });
  balancer = await BadLine.between(first.url, second.url);
  atFirst = await openConsole({ url: first.url, account: first.account('operator') });
  atSecond = await openConsole({ url: second.url, account: first.account('operator2') });
  balanced = await openConsole({ url: balancer.url, account: first.account('approver') });
});

afterAll(async () => {
  await closeBrowser();
  await balancer.close();
  await second.stop();
  await first.stop();
});

async function note({ page }: TestConsole, text: string): Promise<void> {
  await openNote(page);
  await page.getByRole('dialog').getByRole('textbox').fill(text);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

const consoles = (): readonly TestConsole[] => [atFirst, atSecond, balanced];

test('consoles of two API processes on one PostgreSQL see each other’s changes', async () => {
  await goToLane(atFirst, 'N');
  const id = await chosenIncident(atFirst);
  for (const { page, t } of consoles()) {
    await page.goto(`${new URL(page.url()).origin}/incident/${id}`);
    await page.getByRole('list', { name: t('incident.history') }).waitFor();
  }
  for (const [index, writer] of consoles().entries()) {
    const text = `общая заметка ${index}`;
    await note(writer, text);
    for (const reader of consoles()) await reader.page.getByText(text).waitFor();
  }
  expect((await serverTruth(first.dataDir)).commands.size).toBe(consoles().length);
});

test('a killed API process moves its consoles to the other one, and nothing is lost or done twice', async () => {
  await note(balanced, 'перед смертью');
  await second.kill('SIGKILL');
  await note(balanced, 'после смерти');
  await expectAllSent(balanced);
  await atFirst.page.getByText('после смерти').waitFor();
  await note(atFirst, 'ответ с первого');
  await balanced.page.getByText('ответ с первого').waitFor();
  const truth = await serverTruth(first.dataDir);
  expect(truth).toMatchObject({ missingRevisions: [], tornIncidents: [], tornClients: [] });
  expect(truth.commands.size).toBe(6);
});

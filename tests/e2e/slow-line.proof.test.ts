import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { fillRegion } from '#tests/bench/system/fill-region.ts';
import { ApiClient } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, keptForOffline, openConsole } from './harness/console.ts';
import { serverTruth, ownerUrl } from './harness/server-truth.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { callStore } from './harness/store-call.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

/** A line of 64 kbit/s with a round trip of 2 s, whose every connection breaks after 256 KB. */
const LINE = { kind: 'up', delayMs: 1000, bytesPerSecond: 8000, resetAfter: 256 * 1024 } as const;
const INCIDENTS = 10_000;
const PATIENCE_MS = 3 * 3600 * 1000;

let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let console_: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  await fillRegion(ownerUrl(server.dataDir), INCIDENTS);
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('operator2'));
  console_ = await openConsole({ url: line.url });
  await keptForOffline(console_);
});

afterAll(async () => {
  await console_.close();
  await closeBrowser();
  await line.close();
  await server.stop();
});

const seconds = (ms = 0): string => (ms / 1000).toFixed(1);
const minutes = (ms: number): string => (ms / 60_000).toFixed(1);
const statusOf = () => callStore(console_.page, 'status');

/** Logs in over the line as it is, and waits until the queue can be worked with. */
async function logInSlowly(): Promise<void> {
  const { page, t } = console_;
  const { login, password } = server.account('operator');
  await page.getByLabel(t('session.loginName')).fill(login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('session.login'), exact: true }).click();
  await page.locator('#queue-rows').waitFor({ timeout: PATIENCE_MS });
}

/** Writes a note every minute until the archive is here; gives how long each took to reach the centre, ms. */
async function workMeanwhile(ids: readonly string[]): Promise<readonly number[]> {
  const tookMs: number[] = [];
  for (let n = 0; !(await statusOf()).archiveComplete; n += 1) {
    const text = `по медленной линии ${n}`;
    const id = must(ids[n % ids.length], 'an incident');
    const since = Date.now();
    const given = await callStore(console_.page, 'dispatch', id, { name: 'note', args: { text } });
    expect(given).toMatchObject({ ok: true });
    await until(
      'it has reached the centre',
      async () => (await statusOf()).unsent,
      (unsent) => unsent === 0,
      PATIENCE_MS,
    );
    tookMs.push(Date.now() - since);
    console.info(`note ${n} sent in ${seconds(tookMs.at(-1))} s, ${line.carriedDown} bytes carried down`);
    await sleep(60_000);
  }
  return tookMs;
}

test(
  '10,000 incidents come over 64 kbit/s with resets, and work is sent meanwhile',
  async () => {
    const ids: string[] = [];
    for (let n = 0; n < 2; n += 1)
      ids.push((await api.newMessage(`Не чистят снег, медленная линия ${n}`)).id);
    line.set(LINE);
    const [since, before] = [Date.now(), line.carriedDown];
    await logInSlowly();
    await until(
      'the queue is here',
      async () => (await callStore(console_.page, 'incident', ids[0] ?? '')) !== null,
      Boolean,
      PATIENCE_MS,
    );
    const usableMs = Date.now() - since;
    const tookMs = await workMeanwhile(ids);
    await expectAllSent(console_, PATIENCE_MS);
    const completeMs = Date.now() - since;
    const truth = await serverTruth(server.dataDir);
    expect(truth).toMatchObject({
      missingRevisions: [],
      tornIncidents: [],
      tornClients: [],
      doubledNotes: [],
    });
    const sent = line.carriedDown - before;
    const share = sent / LINE.bytesPerSecond / (completeMs / 1000);
    console.info(
      `${INCIDENTS} incidents: ${(sent / 1e6).toFixed(1)} MB over the line (${(share * 100).toFixed(0)} % ` +
        `of what it carries), ${line.resets} resets; ` +
        `queue after ${minutes(usableMs)} min, archive after ${minutes(completeMs)} min; ` +
        `${tookMs.length} notes sent meanwhile, in ${tookMs.map(seconds).join(', ')} s`,
    );
    expect(line.resets).toBeGreaterThan(0);
    expect(tookMs.length).toBeGreaterThan(1);
    const counts = await callStore(console_.page, 'count', 0, Date.now(), ['network']);
    const here = counts.reduce((sum, { count }) => sum + count, 0);
    expect(here).toBe((await api.incidents()).size);
  },
  PATIENCE_MS,
);

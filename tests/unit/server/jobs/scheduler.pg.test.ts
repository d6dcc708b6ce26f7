import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backUp } from '#server/backup/back-up.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { projectPath } from '#server/options.ts';
import type { Job } from '#server/jobs/job.ts';
import { Scheduler, type OnJobTrouble } from '#server/jobs/scheduler.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { jobContext } from '#tests/helpers/job-context.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { TEST_PACE } from '#tests/helpers/test-pace.ts';

let base: FreshDatabase;
let running: Scheduler[];
/** Troubles of the schedulers that no test expects: above all rights that the API's role lacks. */
let troubles: unknown[];
beforeEach(async () => {
  base = await freshDatabase();
  [running, troubles] = [[], []];
});
afterEach(async () => {
  await Promise.all(running.map((scheduler) => scheduler.stop()));
  const seen = [...troubles];
  await base.stop();
  if (seen.length > 0) throw new AggregateError(seen, 'the scheduler told of trouble');
});

async function start(
  jobs: readonly Job[],
  onTrouble: OnJobTrouble = (error) => troubles.push(error),
): Promise<Scheduler> {
  const scheduler = new Scheduler(base.apiUrl, jobContext(base.db), jobs, TEST_PACE);
  running.push(scheduler);
  await scheduler.start(onTrouble);
  return scheduler;
}

const addRegions = async (...codes: readonly string[]): Promise<void> => {
  for (const code of codes) await addRegion(base.owner, { code, name: code, timeZone: 'Asia/Vladivostok' });
};

/** Due now, and again each minute. */
const everyMinute = (run: (region: string, signal: AbortSignal) => Promise<void>): Job => ({
  name: 'test-job',
  cron: '* * * * *',
  each: 'region',
  run: (_, region, signal) => run(region, signal),
});

interface JobRow {
  readonly region: string;
  readonly state: string;
  readonly data: object;
  readonly output: object | null;
}
const jobRows = async (): Promise<readonly JobRow[]> =>
  (
    await sql<JobRow>`select singleton_key as region, state::text, data, output from pult_job.job
      where name = 'test-job' order by created_on`.execute(base.owner)
  ).rows;

it('is run by one of two processes, for each region once whenever it is due', async () => {
  const codes = Array.from({ length: 12 }, (_, index) => `r${index}`);
  await addRegions(...codes);
  const runs: string[] = [];
  const job = everyMinute(async (region) => void runs.push(region));
  await Promise.all([start([job]), start([job])]);
  await expect.poll(() => new Set(runs).size).toBe(codes.length);
  await expect.poll(async () => (await jobRows()).every(({ state }) => state === 'completed')).toBe(true);
  const rows = await jobRows();
  expect(runs.toSorted()).toEqual(rows.map(({ region }) => region).toSorted());
  expect(rows.map(({ data }) => data)).toEqual(rows.map(({ region }) => ({ region })));
});

it('is run again by another process when the one that ran it was killed', async () => {
  const child = spawn(process.execPath, [projectPath('tests/helpers/hanging-job.ts'), base.apiUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  let runs = 0;
  const job: Job = {
    name: 'test-job',
    cron: '* * * * *',
    each: 'installation',
    run: async () => void (runs += 1),
  };
  const scheduler = await start([job]);
  // Nobody else may take it while it may yet be alive.
  expect(await scheduler.read('none')).toMatchObject([{ isRunning: true, lastDone: null }]);
  await expect.poll(() => runs).toBeGreaterThan(0);
  await expect
    .poll(() => scheduler.read('none'))
    .toMatchObject([{ isRunning: false, failure: null, lastDone: expect.any(Number) }]);
});

it('is tried again a few times when it fails, seen to fail, and keeps no words of the error', async () => {
  await addRegions('eao', 'amur');
  const failures: unknown[] = [];
  let attempts = 0;
  const job = everyMinute(async (region) => {
    if (region === 'amur') return;
    attempts += 1;
    throw new Error('Иванова пишет: верните свет');
  });
  const scheduler = await start([job], (error, what) => failures.push([what, error]));
  await expect.poll(async () => (await scheduler.read('eao'))[0]?.failure?.isRetried).toBe(true);
  await expect
    .poll(() => scheduler.read('eao'))
    .toMatchObject([{ lastDone: null, failure: { why: 'unforeseen', isRetried: false } }]);
  const inOneMinute = (await jobRows()).filter(({ region }) => region === 'eao').length;
  expect(attempts).toBeLessThanOrEqual(4 * inOneMinute);
  expect(attempts).toBeGreaterThanOrEqual(4);
  expect(failures).toContainEqual(['job test-job', new Error('Иванова пишет: верните свет')]);
  expect(JSON.stringify(await jobRows())).not.toContain('Иванова');
  // The other region's is its own.
  expect(await scheduler.read('amur')).toMatchObject([{ lastDone: expect.any(Number), failure: null }]);
});

it('is stopped with its process and done after the next start', async () => {
  await addRegions('eao');
  const stopped = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = await start([
    everyMinute(async (_, signal) => {
      begun.resolve();
      signal.addEventListener('abort', () => stopped.resolve());
      await stopped.promise;
      signal.throwIfAborted();
    }),
  ]);
  await begun.promise;
  await first.stop();
  let runs = 0;
  const next = await start([everyMinute(async () => void (runs += 1))]);
  await expect.poll(() => runs).toBeGreaterThan(0);
  await expect.poll(async () => (await next.read('eao'))[0]?.failure).toBe(null);
});

it('is due by the hour of its region, also of one that came later or moved', async () => {
  await addRegions('eao');
  const nine = { cron: '0 9 * * *', run: async () => undefined } as const;
  const renewal = Promise.withResolvers<() => Promise<void>>();
  const scheduler = await start([
    { ...nine, name: 'test-job', each: 'region' },
    { ...nine, name: 'test-nine', each: 'installation' },
    {
      name: 'test-renewal',
      cron: '* * * * *',
      each: 'installation',
      run: async ({ renewSchedules }) => renewal.resolve(renewSchedules),
    },
  ]);
  const hourOf = (at: number | null | undefined, timeZone: string): string =>
    new Intl.DateTimeFormat('ru', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at ?? undefined);
  const hourIn = async (region: string, timeZone: string): Promise<string> =>
    hourOf((await scheduler.read(region))[0]?.next, timeZone);
  expect(await hourIn('eao', 'Asia/Vladivostok')).toBe('09:00');
  const [, machine] = await scheduler.read('eao');
  expect(hourOf(machine?.next, new Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe('09:00');

  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.updateTable('region').set({ time_zone: 'Europe/Moscow' }).execute(),
  );
  expect((await scheduler.read('amur'))[0]?.next).toBe(null);
  await (
    await renewal.promise
  )();
  expect(await hourIn('amur', 'Asia/Yakutsk')).toBe('09:00');
  expect(await hourIn('eao', 'Europe/Moscow')).toBe('09:00');
});

it('is there again after a restore, from a backup that holds no jobs', async () => {
  await addRegions('eao', 'amur');
  const job = everyMinute(async () => undefined);
  const read = async (of: FreshDatabase): Promise<readonly object[]> =>
    (
      await sql<object>`select name, key, cron, timezone, data, options from pult_job.schedule
        order by key`.execute(of.owner)
    ).rows;
  await start([job]);
  const folder = await mkdtemp(join(tmpdir(), 'pult-jobs-'));
  const target = await freshDatabase();
  try {
    const file = join(folder, 'backup.ndjson.gz');
    await backUp(base.owner, file, Date.now());
    expect(gunzipSync(await readFile(file)).toString()).not.toContain('test-job');
    await restoreBackup(target.owner, file, Date.now());
    const restored = new Scheduler(target.apiUrl, jobContext(target.db), [job], TEST_PACE);
    await restored.start((error) => troubles.push(error));
    expect(await read(target)).toEqual(await read(base));
    expect(await read(target)).toMatchObject([{ key: 'amur' }, { key: 'eao', data: { region: 'eao' } }]);
    await restored.stop();
  } finally {
    await Promise.all([target.stop(), rm(folder, { recursive: true })]);
  }
});

it('is forgotten when a newer program no longer has it', async () => {
  await addRegions('eao');
  const count = async (): Promise<number> =>
    (await sql`select from pult_job.schedule`.execute(base.owner)).rows.length;
  await start([everyMinute(async () => undefined)]);
  expect(await count()).toBe(1);
  await start([]);
  expect(await count()).toBe(0);
});

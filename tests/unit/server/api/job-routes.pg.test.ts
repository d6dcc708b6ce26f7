import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobsSchema } from '#shared/protocol/jobs.ts';
import { JOBS } from '#server/jobs/jobs.ts';
import { Scheduler } from '#server/jobs/scheduler.ts';
import { jobContext } from '#tests/helpers/job-context.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let test: TestApi;
let scheduler: Scheduler;
beforeAll(async () => {
  test = await testApi([{ role: 'administrator' }, { role: 'operator' }], {
    // Started by the test, on the database that the API has made.
    scheduler: {
      read: (region) => scheduler.read(region),
      follow: (region, changes) => scheduler.follow(region, changes),
    },
  });
  scheduler = new Scheduler(test.base.apiUrl, jobContext(test.base.db), JOBS);
  await scheduler.start((error) => {
    throw error;
  });
});
afterAll(async () => {
  await scheduler.stop();
  await test.stop();
});

const readJobs = async (login: string) =>
  test.api.inject({ url: '/api/v1/jobs', headers: bearer(await tokenOf(test.api, login)) });

it('tells an administrator when each job is due', async () => {
  const { jobs } = jobsSchema.parse((await readJobs('administrator')).json());
  expect(jobs.map(({ name }) => name)).toEqual(JOBS.map(({ name }) => name));
  for (const { next, lastDone, failure } of jobs) {
    expect(next).toBeGreaterThan(Date.now());
    expect(next).toBeLessThanOrEqual(Date.now() + 24 * 60 * 60_000);
    expect([lastDone, failure]).toEqual([null, null]);
  }
});

it('tells nobody else', async () => {
  expect((await readJobs('operator')).statusCode).toBe(403);
  expect((await test.api.inject({ url: '/api/v1/jobs' })).statusCode).toBe(401);
});

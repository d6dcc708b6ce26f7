import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { importanceRuleSchema } from '#shared/domain/importance-rule.ts';
import { must } from '#shared/domain/must.ts';
import type { Job, RegionJob } from '#server/jobs/job.ts';
import { renewDeadlines } from '#server/jobs/renew-deadlines.ts';
import { Scheduler, type SchedulerPace } from '#server/jobs/scheduler.ts';
import { weighImportance } from '#server/jobs/weigh-importance.ts';
import { withScope } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';
import type { RegionChange } from '#server/sync/region-change.ts';
import { jobContext } from '#tests/helpers/job-context.ts';
import { fillReference, registerArgs, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { TEST_PACE } from '#tests/helpers/test-pace.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

/** No test lives to see it. */
const FAR = '0 0 29 2 *';
/** Nobody looks by himself, and what is asked for again waits. */
const NEVER: SchedulerPace = { ...TEST_PACE, poll: 3600 };
const SAVED: readonly RegionChange[] = [{ kind: 'saved', record: 'policy' }];
const POLICY = must(
  defaultPolicies.find(({ importance }) => importance === 'ordinary'),
  'the deadline of most messages',
);

let test: TestApi;
let running: Scheduler[];
let troubles: unknown[];
beforeEach(async () => {
  [running, troubles] = [[], []];
  test = await testApi(
    [
      { role: 'administrator', id: 'administrator' },
      { role: 'operator', id: 'operator' },
    ],
    {
      scheduler: {
        read: async () => [],
        follow: (region, changes) => running[0]?.follow(region, changes),
      },
    },
  );
});
afterEach(async () => {
  await Promise.all(running.map((scheduler) => scheduler.stop()));
  await test.stop();
});

async function start(jobs: readonly Job[], pace: SchedulerPace): Promise<Scheduler> {
  const scheduler = new Scheduler(test.base.apiUrl, jobContext(test.base.db), jobs, pace);
  running.push(scheduler);
  await scheduler.start((_, message) => troubles.push(message));
  return scheduler;
}

/** Follows from every saved record, and is never due by itself. */
const followed = (name: string, run: () => Promise<void>): RegionJob => ({
  name,
  cron: FAR,
  each: 'region',
  follows: ({ kind }) => kind === 'saved',
  run,
});

/** Pushes one command through the API, which accepts it. */
async function push(role: 'administrator' | 'operator', id: string, ...[name, args]: Sent): Promise<void> {
  const client = new TestClient(test.base.db, sessionOfRole(role, { account: role }));
  const commands = [client.nextEnvelope(id, name, args)];
  const answer = await test.api.inject({
    method: 'POST',
    url: '/api/v1/sync/push',
    headers: bearer(await tokenOf(test.api, role)),
    payload: { protocol: 1, clientId: client.clientId, commands },
  });
  expect(answer.json()).toMatchObject({ outcomes: [{ status: 'applied' }] });
}
type Sent = readonly [name: Parameters<TestClient['nextEnvelope']>[1], args: unknown];

const savePolicy = (minutes: number): Promise<void> =>
  push('administrator', POLICY.id, 'saveRecord', {
    kind: 'policy',
    row: { ...POLICY, minutes },
    from: { minutes: POLICY.minutes },
  });

const dueOf = (id: string): Promise<number | null> =>
  withScope(test.base.db, { region: 'eao' }, async (tx) => {
    const row = await tx.selectFrom('incident').select('due_at').where('id', '=', id).executeTakeFirst();
    return row?.due_at ?? null;
  });

const countRuns = async (name: string): Promise<number> =>
  (await sql`select from pult_job.job where name = ${name}`.execute(test.base.owner)).rows.length;

it('moves deadlines when a policy is saved, though nobody looks and the job is not due', async () => {
  await fillReference(test.base.db, 'eao');
  const id = uuidv7();
  await push('operator', id, 'register', registerArgs());
  const before = must(await dueOf(id), 'a deadline');
  await start([{ ...renewDeadlines, cron: FAR }], NEVER);
  await savePolicy(POLICY.minutes - 60);
  await expect.poll(() => dueOf(id)).toBeLessThan(before);
  expect(troubles).toEqual([]);
});

it('is not asked for in a region where it has nothing to do, and is once it has', async () => {
  const rule = importanceRuleSchema.parse({
    id: uuidv7(),
    name: 'Дети',
    importance: 'high',
    words: ['детский сад'],
    group: null,
    topic: null,
    count: null,
    validFrom: Date.now() - 1000,
  });
  const scheduler = await start(
    [{ ...weighImportance, cron: FAR }, followed('test-other', async () => undefined)],
    NEVER,
  );
  const registered = { kind: 'happened', event: 'registered' } as const;
  scheduler.follow('eao', [registered]);
  // The other job is asked for after it, in the same turn.
  scheduler.follow('eao', SAVED);
  await expect.poll(() => countRuns('test-other')).toBe(1);
  await scheduler.stop();
  expect(await countRuns('weigh-importance')).toBe(0);
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    upsertReference(tx, 'eao', [{ kind: 'importance_rule', id: rule.id, row: rule }]),
  );
  const again = await start([{ ...weighImportance, cron: FAR }], NEVER);
  again.follow('amur', [registered]);
  again.follow('eao', [registered]);
  await expect.poll(() => countRuns('weigh-importance')).toBe(1);
  await again.stop();
  expect(await countRuns('weigh-importance')).toBe(1);
  expect(troubles).toEqual([]);
});

it('runs once more after a change that came while it ran, however many came', async () => {
  const [begun, release, other] = [0, 1, 2].map(() => Promise.withResolvers<void>());
  let runs = 0;
  const held = followed('test-held', async () => {
    runs += 1;
    begun?.resolve();
    await release?.promise;
  });
  const scheduler = await start([held, followed('test-other', async () => other?.resolve())], TEST_PACE);
  scheduler.follow('eao', [{ kind: 'saved', record: 'agency' }]);
  await begun?.promise;
  await other?.promise;
  for (let count = 0; count < 5000; count += 1) scheduler.follow('eao', SAVED);
  // The other job was put in the queue after this one could not be.
  await expect.poll(() => countRuns('test-other')).toBe(2);
  expect(await countRuns('test-held')).toBe(1);
  release?.resolve();
  await expect.poll(() => runs).toBe(2);
  await scheduler.stop();
  expect([await countRuns('test-held'), await countRuns('test-other')]).toEqual([2, 2]);
  expect(troubles).toEqual([]);
});

it('is done by another process while this one is busy, and not for what it does not follow from', async () => {
  const [begun, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const mailed = (run: RegionJob['run']): Job => ({
    name: 'test-job',
    cron: FAR,
    each: 'region',
    follows: ({ kind }) => kind === 'mail_due',
    run,
  });
  const asking = await start(
    [
      mailed(async () => {
        begun.resolve();
        await release.promise;
      }),
    ],
    NEVER,
  );
  asking.follow('amur', SAVED);
  asking.follow('eao', [...SAVED, { kind: 'mail_due' }]);
  await begun.promise;
  const regions: string[] = [];
  await start([mailed(async (_, region) => void regions.push(region))], TEST_PACE);
  asking.follow('amur', [{ kind: 'mail_due' }]);
  await expect.poll(() => regions).toEqual(['amur']);
  release.resolve();
  await asking.stop();
  expect([await countRuns('test-job'), troubles]).toEqual([2, []]);
});

it('that cannot be asked for is told of in the log, and fails no command', async () => {
  await fillReference(test.base.db, 'eao');
  const done = Promise.withResolvers<void>();
  await start([followed('test-job', async () => done.resolve())], TEST_PACE);
  await sql`revoke insert on pult_job.job_common from pult_api`.execute(test.base.owner);
  await savePolicy(POLICY.minutes - 60);
  // pg-boss has troubles of its own with that.
  await expect.poll(() => troubles).toContain('asking for a job');
  await sql`grant insert on pult_job.job_common to pult_api`.execute(test.base.owner);
  running[0]?.follow('eao', SAVED);
  await done.promise;
});

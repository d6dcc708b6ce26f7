import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MS_PER_DAY, MS_PER_HOUR } from '#shared/domain/instant.ts';
import { feedAlarmsSchema } from '#shared/protocol/feed-alarms.ts';
import { watchFeed } from '#server/jobs/watch-feed.ts';
import { withScope } from '#server/store/database.ts';
import { FEED_BYTES_A_DAY } from '#server/sync/feed-alarms.ts';
import { applySystemCommand } from '#server/sync/system-command.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import { fillReference, registerArgs, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const PAGE = '0198f2a4-7c3e-7aaa-8bbb-0123456789ab';

let test: TestApi;
let alice: TestClient;
let bob: TestClient;

beforeAll(async () => {
  test = await testApi([
    { role: 'administrator' },
    { login: 'alice', displayName: 'Алиса' },
    { login: 'bob' },
  ]);
  await fillReference(test.base.db, 'eao');
  const { rows } = await inRegion((tx) =>
    sql<{ id: string; login: string }>`select id, login from account`.execute(tx),
  );
  const clientOf = (login: string): TestClient => {
    const account = rows.find((row) => row.login === login)?.id ?? '';
    return new TestClient(test.base.db, sessionOfRole('operator', { account }));
  };
  [alice, bob] = [clientOf('alice'), clientOf('bob')];
});
afterAll(() => test.stop());

const inRegion: <T>(work: Parameters<typeof withScope<T>>[2]) => Promise<T> = (work) =>
  withScope(test.base.owner, { region: 'eao' }, work);

const logged = (actor: string) =>
  inRegion((tx) =>
    tx
      .selectFrom('change_log')
      .select(['id', 'v', 'bytes'])
      .where('actor', '=', actor)
      .orderBy('v')
      .execute(),
  );

const rowBytes = async (id: string): Promise<number> => {
  const row = await inRegion((tx) =>
    tx.selectFrom('incident').select('bytes').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return row.bytes;
};

/** Swells the last change of somebody to so many bytes, given at this moment. */
async function swell(actor: string, bytes: number, at: number): Promise<void> {
  const last = (await logged(actor)).at(-1);
  await inRegion(async (tx) => {
    await tx
      .updateTable('change_log')
      .set({ bytes })
      .where('v', '=', last?.v ?? 0)
      .execute();
    await tx
      .updateTable('revision')
      .set({ at })
      .where('v', '=', last?.v ?? 0)
      .execute();
  });
}

const alarmsFor = async (login: string) =>
  test.api.inject({ url: '/api/v1/feed-alarms', headers: bearer(await tokenOf(test.api, login)) });

async function watch(): Promise<number> {
  const context = jobContext(test.base.db, () => test.clock.now);
  await runJob(watchFeed, context);
  return context.feedAlarms.count;
}

it('the feed keeps who made each change and how large the row was then', async () => {
  const id = uuidv7();
  await alice.do(id, 'register', registerArgs());
  const small = await rowBytes(id);
  await alice.do(id, 'note', { text: 'я'.repeat(2000) });
  const large = await rowBytes(id);
  expect(large).toBeGreaterThan(small + 4000);
  expect((await logged(alice.session.account)).map(({ bytes }) => bytes)).toEqual([small, large]);
  await bob.do(id, 'tag', { add: ['снег'], remove: [] });
  expect(await logged(bob.session.account)).toMatchObject([{ id, bytes: await rowBytes(id) }]);
});

it('whoever adds more than the bound within a day is told to administrators, once a day', async () => {
  const { account } = alice.session;
  test.clock.now = Date.now();
  expect(await watch()).toBe(0);
  await swell(account, FEED_BYTES_A_DAY + 1, test.clock.now - MS_PER_HOUR);
  expect(await watch()).toBe(1);
  expect(await watch()).toBe(0);
  const { alarms } = feedAlarmsSchema.parse((await alarmsFor('administrator')).json());
  expect(alarms).toMatchObject([
    {
      actor: account,
      kind: 'account',
      name: 'Алиса',
      at: test.clock.now,
      since: test.clock.now - MS_PER_HOUR,
    },
  ]);
  expect(alarms[0]?.bytes).toBeGreaterThan(FEED_BYTES_A_DAY);
  const audit = await inRegion((tx) =>
    tx.selectFrom('audit').select(['actor', 'detail']).where('action', '=', 'feed_swelled').execute(),
  );
  expect(audit).toMatchObject([{ actor: account, detail: { limit: FEED_BYTES_A_DAY } }]);
  expect((await alarmsFor('alice')).statusCode).toBe(403);
});

it('what is older than a day counts no more, and what goes on is told again the next day', async () => {
  const { account } = alice.session;
  test.clock.now += MS_PER_DAY + MS_PER_HOUR;
  expect(await watch()).toBe(0);
  expect((await alarmsFor('administrator')).json()).toEqual({ alarms: [] });
  await swell(account, FEED_BYTES_A_DAY + 1, test.clock.now - MS_PER_HOUR);
  expect(await watch()).toBe(1);
});

it('a page of a network is named as a page', async () => {
  await inRegion((tx) =>
    sql`insert into channel (region_id, id, network, name, base_url, page_id, secrets, created_at)
      values ('eao', ${PAGE}, 'vk', 'Паблик района', '', '1', '', 0)`.execute(tx),
  );
  const by = `channel:${PAGE}`;
  const command = { name: 'register', args: registerArgs() } as const;
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    applySystemCommand(tx, {
      region: 'eao',
      incident: uuidv7(),
      by,
      command,
      now: Date.now(),
    }),
  );
  await swell(by, FEED_BYTES_A_DAY + 1, test.clock.now - MS_PER_HOUR);
  expect(await watch()).toBe(1);
  const { alarms } = feedAlarmsSchema.parse((await alarmsFor('administrator')).json());
  expect(alarms).toContainEqual(
    expect.objectContaining({ actor: by, kind: 'channel', name: 'Паблик района' }),
  );
});

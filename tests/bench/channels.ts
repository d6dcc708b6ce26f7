import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { must } from '#shared/domain/must.ts';
import { connect, withScope } from '#server/store/database.ts';
import { ApiClient, registerArgs } from '#tests/e2e/harness/api-client.ts';
import { ownerUrl } from '#tests/e2e/harness/server-truth.ts';
import { startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { until } from '#tests/e2e/harness/until.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { freshVk, VK_GROUP, VK_SECRET, VK_TOKENS } from '#tests/helpers/vk-channel.ts';
import { share, type Goal } from './goals.ts';
import { endAtOnce, orAtExit } from './system/cleaning.ts';
import { callSteadily } from './system/steady-calls.ts';

const PER_SECOND = 1000;
const SECONDS = 30;
/**
 * The API has only just started, and what it runs is not compiled yet: these seconds come before, and have a
 * goal of their own.
 */
const COLD_SECONDS = 2;
/** Residents under so many posts: as many write in a storm as there are messages, nearly. */
const POSTS = 40;
/** Comments of a gap of six hours on a busy page: one every nine seconds. */
const GAP_COMMENTS = 2400;
/**
 * How long the reading of a full table is watched, at most, and how often a person does something meanwhile.
 */
const RATE_SECONDS = 20;
const COMMAND_MS = 50;
const PATIENCE_MS = 20 * 60_000;

/** Counts of a page's rows, read from the tables beside the API. */
interface Counted {
  readonly stored: number;
  readonly waiting: number;
  readonly messages: number;
  readonly incidents: number;
  readonly recovered: number;
}

interface Scene {
  readonly api: RunningPult;
  readonly vk: FakeVk;
  readonly page: string;
  readonly callback: string;
  readonly count: () => Promise<Counted>;
}

const added = z.object({ id: z.uuid(), callback: z.string() });

/** A real API process with PostgreSQL of its own, and one page of the fake network. */
async function withScene<T>(work: (scene: Scene) => Promise<T>, readToken: string | null = null): Promise<T> {
  const api = await startServer({ hasJanuary: true, isConsoleServed: false });
  const vk = new FakeVk({ group: VK_GROUP, ...VK_TOKENS });
  const baseUrl = await vk.start();
  const owner = connect(ownerUrl(api.dataDir), 1);
  const run = async (): Promise<T> => {
    const administrator = await ApiClient.logIn(api.url, api.account('administrator'));
    const { id, callback } = added.parse(
      await (await administrator.ask('channels', freshVk({ baseUrl, readToken }))).json(),
    );
    const count = () => countOf(owner, id);
    return work({ api, vk, page: id, callback: `${api.url}${callback}`, count });
  };
  return orAtExit(
    () => endAtOnce(api.dataDir, api.pid),
    async () => {
      try {
        return await run();
      } finally {
        await owner.destroy();
        await api.stop();
        await vk.stop();
      }
    },
  );
}

/** In one statement, so that all of it is of one moment while the API goes on. */
async function countOf(owner: ReturnType<typeof connect>, page: string): Promise<Counted> {
  return withScope(owner, { region: 'eao' }, async (tx) => {
    const { rows } = await sql<Counted>`
      select e.stored, e.waiting, m.messages, m.incidents, c.recovered from
        (select count(*) as stored, count(*) filter (where state = 'new') as waiting from channel_event
          where channel_id = ${page}) e,
        (select count(*) as messages, count(distinct incident_id) as incidents from channel_message
          where channel_id = ${page}) m,
        (select recovered from channel where id = ${page}) c`.execute(tx);
    return must(rows[0], 'counts');
  });
}

/**
 * How fast stored events are read once calls have ceased, and how long a person's commands take beside it.
 */
async function reading({ api, count }: Scene) {
  const operator = await ApiClient.logIn(api.url, api.account('operator'));
  const incident = randomUUID();
  await operator.push([operator.envelope(incident, 'register', registerArgs('Замер'))]);
  const commands: number[] = [];
  const [before, began] = [await count(), performance.now()];
  const passed = (): number => (performance.now() - began) / 1000;
  let after = before;
  while (after.waiting > 0 && passed() < RATE_SECONDS) {
    for (const until = performance.now() + 1000; performance.now() < until; await sleep(COMMAND_MS)) {
      const issued = performance.now();
      await operator.push([operator.envelope(incident, 'note', { text: 'Замер' })]);
      commands.push(performance.now() - issued);
    }
    after = await count();
  }
  const rate = (before.waiting - after.waiting) / passed();
  process.stdout.write(
    `afterwards ${rate.toFixed(0)} messages a second become incidents; ` +
      `a command beside it p50 ${share(commands, 0.5).toFixed(1)}, ` +
      `p95 ${share(commands, 0.95).toFixed(1)}, most ${Math.max(...commands).toFixed(0)} ms\n`,
  );
  return { rate, commands, after };
}

/**
 * 1,000 calls a second for 30 s at the real process, and two more before it has warmed up; VK calls again
 * what is not confirmed, so every tenth event comes twice.
 */
async function burst(scene: Scene): Promise<readonly Goal[]> {
  const { vk, callback, count } = scene;
  const cold = PER_SECOND * COLD_SECONDS;
  const total = cold + PER_SECOND * SECONDS;
  const bodies = Array.from({ length: total }, (_, index) => {
    const comment = vk.comment(1 + (index % POSTS), 1000 + index, `Сообщение ${index} потока`);
    return vk.event('wall_reply_new', comment, `burst-${index}`, VK_SECRET);
  });
  const repeats = bodies.filter((_, index) => index % 10 === 0);
  const { waits: all, refused, own } = await callSteadily(callback, bodies, PER_SECOND);
  const lasted = await count();
  const [first, waits] = [all.slice(0, cold), all.slice(cold)];
  process.stdout.write(
    `burst: ${total} calls, ${refused} called again; answered p50 ${share(waits, 0.5).toFixed(1)}, ` +
      `p99 ${share(waits, 0.99).toFixed(1)}, ` +
      `most ${Math.max(...waits).toFixed(0)} ms; the ${COLD_SECONDS} s before that, the process being new, ` +
      `p50 ${share(first, 0.5).toFixed(0)}, ` +
      `p99 ${share(first, 0.99).toFixed(0)}; the caller itself was busy ${own.toFixed(0)} ms at most; ` +
      `${total - lasted.waiting} taken in while it lasted\n`,
  );
  await callSteadily(callback, repeats, PER_SECOND / 2);
  const { rate, commands, after } = await reading(scene);
  const where = `${PER_SECOND.toLocaleString('en-US')} events a second for ${SECONDS} s`;
  return [
    {
      where,
      title: 'callback answered, p99',
      limit: 100,
      measured: share(waits, 0.99),
      unit: 'ms',
      detail: `p50 ${share(waits, 0.5).toFixed(1)}`,
    },
    {
      where: `the ${COLD_SECONDS} s before, the API having just started`,
      title: 'callback answered, p99',
      limit: 100,
      measured: share(first, 0.99),
      unit: 'ms',
      detail: `p50 ${share(first, 0.5).toFixed(1)}`,
    },
    {
      where,
      title: 'events lost, or stored twice',
      limit: 0,
      measured: Math.abs(total - after.stored),
      unit: '',
      detail: `${after.stored} stored of ${total}, ${repeats.length} of them called twice`,
    },
    {
      where,
      title: 'messages in two incidents or none',
      limit: 0,
      measured:
        Math.abs(after.stored - after.waiting - after.messages) + Math.abs(after.messages - after.incidents),
      unit: '',
      detail: `${after.incidents} incidents so far`,
    },
    {
      where: 'afterwards',
      title: 'messages that become incidents',
      limit: 400,
      atLeast: true,
      measured: rate,
      unit: 'a second',
    },
    {
      where: 'afterwards',
      title: 'a command beside it, p95',
      limit: 100,
      measured: share(commands, 0.95),
      unit: 'ms',
      detail: `p50 ${share(commands, 0.5).toFixed(1)} of ${commands.length}`,
    },
  ];
}

/**
 * Nothing of six hours was heard; then the page is read anew, as it is at every start and every ten minutes.
 */
async function gap(repetition: number): Promise<readonly Goal[]> {
  return withScene(async ({ api, vk, callback, count, page }) => {
    const sixHours = 6 * 3600;
    const now = Math.floor(Date.now() / 1000);
    await until(
      'the first reading',
      () => vk.calls.length,
      (calls) => calls > 0,
    );
    vk.isDown = true;
    for (let index = 0; index < GAP_COMMENTS; index += 1)
      vk.comment(
        1 + (index % POSTS),
        1000 + index,
        `Пропущено ${index}`,
        now - sixHours + Math.floor((index * sixHours) / GAP_COMMENTS),
      );
    const comment = vk.comment(1, 999_999, 'Дошло само');
    await callSteadily(callback, [vk.event('wall_reply_new', comment, `told-${repetition}`, VK_SECRET)], 1);
    vk.isDown = false;
    const owner = connect(ownerUrl(api.dataDir), 1);
    await withScope(owner, { region: 'eao' }, (tx) =>
      tx
        .updateTable('channel')
        .set({ caught_up_at: now * 1000 - sixHours * 1000 })
        .where('id', '=', page)
        .execute(),
    );
    await owner.destroy();
    const began = performance.now();
    const all = await until(
      'all is found and taken in',
      count,
      ({ recovered, waiting }) => recovered >= GAP_COMMENTS && waiting === 0,
      PATIENCE_MS,
    );
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    process.stdout.write(`gap: ${all.recovered} of ${GAP_COMMENTS} recovered in ${seconds} s\n`);
    return [
      {
        where: 'an outage of 6 hours',
        title: 'comments not recovered, or twice',
        limit: 0,
        measured: Math.abs(GAP_COMMENTS - all.recovered) + Math.abs(GAP_COMMENTS + 1 - all.messages),
        unit: '',
        detail: `${all.recovered} recovered in ${seconds} s, within VK's 3 calls a second`,
      },
    ];
  }, VK_TOKENS.readToken);
}

/** The worst storm a page is promised to stand, and the longest gap. */
export async function benchChannels(repetitions: number): Promise<readonly Goal[]> {
  const goals: Goal[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) goals.push(...(await withScene(burst)));
  return [...goals, ...(await gap(0))];
}

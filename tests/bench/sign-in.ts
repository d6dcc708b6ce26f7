import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '#shared/domain/must.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { connect } from '#server/store/database.ts';
import { ownerUrl } from '#tests/e2e/harness/server-truth.ts';
import { median, share, type Goal } from './goals.ts';
import { withServers } from './system/servers.ts';

/** People of a centre whose shift begins. */
const PEOPLE = 60;
const MINUTE_MS = 60_000;
const AGAIN_MS = 1000;
/** A login reads none of them. */
const INCIDENTS = 1000;
const PASSWORD = 'синий трактор везёт арбузы';
const loginOf = (n: number): string => `shift.${n}`;

const knock = (url: string, n: number): Promise<Response> =>
  fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: loginOf(n), password: PASSWORD, token: true }),
  });

/** Comes in as one of them, again after a second where the API says so. Gives the time until then, ms. */
async function comeIn(url: string, n: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await knock(url, n);
    await answer.arrayBuffer();
    if (answer.ok) return performance.now() - began;
    if (answer.status !== 503) throw new Error(`${loginOf(n)}: ${answer.status}`);
    await sleep(AGAIN_MS);
  }
}

/** Everybody comes in within `withinMs`, each at a moment of their own; 0: all at once. */
const everybody = (url: string, withinMs: number): Promise<number[]> =>
  Promise.all(
    Array.from({ length: PEOPLE }, async (_, n) => {
      await sleep(Math.random() * withinMs);
      return comeIn(url, n);
    }),
  );

/** Milliseconds of a tick of Linux's clock of processes. */
const TICK_MS = 10;

/** Processor time that a process has used, ms: a busy neighbour stretches a login, and not this. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) * TICK_MS;
}

const told = (times: readonly number[]): string =>
  `half in ${Math.round(median(times))} ms, 95 % in ${Math.round(share(times, 0.95))} ms`;

/** A shift begins: 60 people log in with their passwords, within a minute and all in one moment. */
export async function benchSignIn(): Promise<readonly Goal[]> {
  return withServers(INCIDENTS, 1, async ({ apis }) => {
    const server = must(apis[0], 'an API process');
    const db = connect(ownerUrl(server.dataDir));
    try {
      for (let n = 0; n < PEOPLE; n += 1) {
        const person = {
          login: loginOf(n),
          displayName: `Человек ${n}`,
          role: 'operator',
          agency: null,
        } as const;
        await createAccount(db, 'eao', { ...person, password: PASSWORD }, Date.now());
      }
    } finally {
      await db.destroy();
    }
    await comeIn(server.url, 0);
    const before = await cpuOf(server.pid);
    const minute = await everybody(server.url, MINUTE_MS);
    const cpu = Math.round(((await cpuOf(server.pid)) - before) / PEOPLE);
    const moment = await everybody(server.url, 0);
    return [
      {
        where: '60 people within a minute',
        title: 'the slowest login',
        limit: 2000,
        measured: Math.max(...minute),
        unit: 'ms',
        detail:
          `${told(minute)}; ${cpu} ms of the API's processor each; all in one moment: ${told(moment)}, ` +
          `the slowest ${Math.round(Math.max(...moment))} ms`,
      },
    ];
  });
}

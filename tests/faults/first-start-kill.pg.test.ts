import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { z } from 'zod';
import { ROLES } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { projectPath } from '#server/options.ts';
import { connect, withScope } from '#server/store/database.ts';
import { ApiClient } from '#tests/e2e/harness/api-client.ts';
import { gone, postmasterOf } from '#tests/e2e/harness/server.ts';
import { ownerUrl, serverTruth } from '#tests/e2e/harness/server-truth.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const ROUNDS = Number(process.env['PULT_FAULT_ROUNDS'] ?? 1);
const accounts = z.array(z.object({ login: z.string(), password: z.string(), role: z.enum(ROLES) }));

interface Start {
  /** Resolves with each further line, null when the process has ended. */
  nextLine(): Promise<string | null>;
  /** Every line so far. */
  readonly lines: readonly string[];
  /** Signals the whole process group, as a terminal that goes away would. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A start in a process group of its own. */
function start(dataDir: string): Start {
  const { DATABASE_URL: _url, PORT: _port, HOST: _host, ...env } = process.env;
  const args = [projectPath('server/main.ts'), '--no-open', '--port', '0', '--data', dataDir];
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { ...env, DEMO_MONTHS: '2022-01' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  const closed = once(child, 'close').then(() => wake());
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString().trimEnd().split('\n'));
      wake();
    });
  let read = 0;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    lines,
    nextLine: async () => {
      while (read === lines.length) {
        if (hasEnded()) return null;
        await new Promise<void>((done) => (wake = done));
      }
      return must(lines[read++], 'a line that was counted');
    },
    kill: async (signal) => {
      if (!hasEnded()) process.kill(-must(child.pid, 'a process'), signal);
      await closed;
    },
  };
}

/** The address it serves at. Throws what it said when it ended instead: however slow, it is waited for. */
async function ready(run: Start): Promise<string> {
  for (let line = await run.nextLine(); line !== null; line = await run.nextLine()) {
    const url = /^Pult is ready: (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`It ended instead of serving:\n${run.lines.join('\n')}`);
}

interface Counts {
  readonly incidents: number;
  readonly events: number;
  readonly reference: number;
  readonly accounts: number;
  readonly regions: number;
}

async function countsOf(dataDir: string): Promise<Counts> {
  const owner = connect(ownerUrl(dataDir), 1);
  try {
    return await withScope(owner, { region: 'eao' }, async (tx) => {
      const { rows } = await sql<Counts>`select (select count(*) from incident) as incidents,
        (select count(*) from event) as events, (select count(*) from reference) as reference,
        (select count(*) from account) as accounts,
        (select count(*) from region where settings->>'demo' = 'ready') as regions`.execute(tx);
      return must(rows[0], 'counts');
    });
  } finally {
    await owner.destroy();
  }
}

/**
 * Checks that the region a start made is whole: every revision there, every incident with its events, and
 * everybody on the list comes in.
 */
async function expectWhole(dataDir: string, url: string): Promise<Counts> {
  const truth = await serverTruth(dataDir);
  expect(truth.missingRevisions).toEqual([]);
  expect(truth.tornIncidents).toEqual([]);
  const listed = accounts.parse(JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')));
  expect(listed.map(({ role }) => role).toSorted()).toEqual([...ROLES, 'operator'].toSorted());
  for (const account of listed) await ApiClient.logIn(url, account);
  return countsOf(dataDir);
}

async function remove(dataDir: string): Promise<void> {
  const postgres = existsSync(join(dataDir, 'postgres.json')) ? postmasterOf(dataDir) : null;
  if (postgres !== null) {
    process.kill(postgres, 'SIGINT');
    await gone(postgres);
  }
  rmSync(dataDir, { recursive: true, force: true });
}

/** Starts on the folder until it serves, looks at everything, and stops in order. */
async function startWhole(dataDir: string): Promise<{ counts: Counts; lines: readonly string[] }> {
  const run = start(dataDir);
  try {
    const counts = await expectWhole(dataDir, await ready(run));
    return { counts, lines: run.lines };
  } finally {
    await run.kill('SIGTERM');
  }
}

test(`a first start killed at a random moment, ${ROUNDS} times, is finished or undone by the next one`, async () => {
  const undisturbed = temporaryFolder('first-start');
  const { counts, lines } = await startWhole(undisturbed);
  await remove(undisturbed);
  expect(counts).toMatchObject({ incidents: 389 + 151, accounts: 6, regions: 1 });
  const moments: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const dataDir = temporaryFolder('first-start');
    try {
      const killed = start(dataDir);
      // After one of the lines it says, so that a slow machine is met at every step as well, and some way
      // into the next step.
      const after = randomInt(lines.length);
      for (let seen = 0; seen < after; seen += 1) await killed.nextLine();
      await sleep(randomInt(400));
      await killed.kill('SIGKILL');
      moments.push(killed.lines.at(-1) ?? 'nothing said');
      const next = await startWhole(dataDir);
      expect(next.counts, `killed after: ${moments.at(-1)}`).toMatchObject({
        ...counts,
        // Stories of the shift stand where the moment of the start puts them.
        events: expect.any(Number),
      });
    } finally {
      await remove(dataDir);
    }
  }
  expect(moments).toHaveLength(ROUNDS);
});

import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from '#tests/e2e/harness/api-client.ts';
import { freePort } from '#tests/e2e/harness/free-port.ts';
import { gone, postmasterOf, startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { serverTruth } from '#tests/e2e/harness/server-truth.ts';
import { SteadyWriter } from '#tests/e2e/harness/steady-writer.ts';
import { until } from '#tests/e2e/harness/until.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const ROUNDS = Number(process.env['PULT_FAULT_ROUNDS'] ?? 3);
/** At least so many commands are acknowledged between two kills. */
const COMMANDS = 10;
const LOGINS = ['operator', 'operator2', 'approver', 'administrator'] as const;

const dataDir = temporaryFolder('api-kill');
let port: number;
let server: RunningPult;
let writers: readonly SteadyWriter[];

const start = async (): Promise<RunningPult> =>
  startServer({ hasJanuary: true, dataDir, port, isConsoleServed: false });

beforeAll(async () => {
  port = await freePort();
  server = await start();
  const clients = await Promise.all(
    LOGINS.map((login) => ApiClient.logIn(server.url, server.account(login))),
  );
  const open = [...(await must(clients[0], 'a client').incidents()).values()].filter(
    ({ step }) => step.name === 'new',
  );
  const shared = open.slice(0, 5).map(({ id }) => id);
  writers = clients.map((client) => new SteadyWriter(client, shared));
});

afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.stop()));
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everything promised so far is there, once; everything that is there is whole. */
async function expectNothingLost(): Promise<number> {
  // The writers go on: only what was promised before the tables are read must be in them.
  const promised = writers.map((writer) => [writer, [...writer.acknowledged.values()]] as const);
  const truth = await serverTruth(dataDir);
  expect(truth.missingRevisions).toEqual([]);
  expect(truth.tornIncidents).toEqual([]);
  expect(truth.tornClients).toEqual([]);
  expect(truth.doubledNotes).toEqual([]);
  for (const [writer, acknowledged] of promised) {
    expect(writer.complaints).toEqual([]);
    for (const { command, outcome } of acknowledged) {
      const stored = truth.commands.get(command.id);
      expect(stored, `acknowledged ${command.name} ${command.seq}`).toMatchObject({
        status: outcome.status,
        seq: command.seq,
        client: writer.client.clientId,
      });
      const isNote = command.name === 'note@1' && outcome.status === 'applied';
      expect(isNote ? stored?.incidents : 1, `events of ${command.id}`).toBe(1);
    }
  }
  return truth.clock;
}

const acknowledgedCount = (): number => writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);

/**
 * Ends the API without warning, once the writers have been heard, however slow the machine; in every third
 * round PostgreSQL too, before it, after it or at once.
 */
async function killAtRandom(round: number): Promise<boolean> {
  const before = acknowledgedCount();
  await sleep(randomInt(50, 900));
  await until(
    'commands were acknowledged',
    () => Promise.resolve(acknowledgedCount() - before),
    (count) => count > COMMANDS,
  );
  const postmaster = round % 3 === 0 ? must(postmasterOf(dataDir), 'a running PostgreSQL') : null;
  const order = randomInt(2);
  if (postmaster !== null && order === 0) process.kill(postmaster, 'SIGKILL');
  await server.kill('SIGKILL');
  if (postmaster !== null && order === 1) process.kill(postmaster, 'SIGKILL');
  if (postmaster !== null) await gone(postmaster);
  return postmaster !== null;
}

test(
  `what the API acknowledged survives ${ROUNDS} kills of its process, PostgreSQL killed with it in every third`,
  { timeout: 60_000 + ROUNDS * 15_000 },
  async () => {
    for (const writer of writers) writer.start();
    const restarts: number[] = [];
    let [clock, databaseKills] = [0, 0];
    for (let round = 1; round <= ROUNDS; round += 1) {
      if (await killAtRandom(round)) databaseKills += 1;
      server = await start();
      restarts.push(server.startMs);
      const now = await expectNothingLost();
      expect(now).toBeGreaterThanOrEqual(clock);
      clock = now;
    }
    await Promise.all(writers.map((writer) => writer.stop()));
    await Promise.all(writers.map((writer) => writer.flush()));
    await expectNothingLost();
    const commands = acknowledgedCount();
    const troubles = writers.reduce((sum, writer) => sum + writer.troubles, 0);
    expect(commands).toBeGreaterThan(ROUNDS * COMMANDS);
    // Without them the kills would have met nobody.
    expect(troubles).toBeGreaterThan(0);
    const slowest = Math.max(...restarts);
    console.info(
      `kill -9: ${ROUNDS} of the API, ${databaseKills} of PostgreSQL; ${commands} commands acknowledged, ` +
        `${troubles} sendings broken, slowest start ${slowest} ms; nothing lost`,
    );
  },
);

test('a console reads the whole history afterwards without a gap', async () => {
  const client = await ApiClient.logIn(server.url, server.account('operator'));
  const writer = must(writers[0], 'a writer');
  const pages = await client.changesAfter(0, writer.client.clientId);
  let cursor = 0;
  for (const page of pages) {
    expect(page.from).toBe(cursor);
    cursor = page.to;
  }
  const outcomes = pages.flatMap((page) => page.outcomes);
  expect(outcomes.map(({ seq }) => seq)).toEqual(outcomes.map((_, index) => index + 1));
  expect(new Set(outcomes.map(({ id }) => id))).toEqual(new Set(writer.acknowledged.keys()));
});

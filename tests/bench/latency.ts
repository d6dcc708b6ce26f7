import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { must } from '#shared/domain/must.ts';
import { ApiClient, registerArgs } from '#tests/e2e/harness/api-client.ts';
import { logIn, openConsole } from '#tests/e2e/harness/console.ts';
import type { TestConsole } from '#tests/e2e/harness/test-console.ts';
import type { RunningPult } from '#tests/e2e/harness/server.ts';
import { openByNumber } from '#tests/e2e/harness/work.ts';
import { v7 as uuidv7 } from 'uuid';
import { median, share, type Goal } from './goals.ts';
import { withFolder } from './system/cleaning.ts';
import { withServers } from './system/servers.ts';
import { noteExchanges, watchFor, watchKey, type Exchange } from './system/stopwatch.ts';

/** A region that is no toy, and still quickly downloaded. */
const INCIDENTS = 10_000;
const DOWNLOAD_MS = 300_000;
/** The first changes warm scripts and connections up and are not counted. */
const WARM_UP = 3;

/**
 * Stages of one change on its way from one console's key to the other console's screen; each took some ms.
 */
type Stage = 'save' | 'push' | 'poke' | 'pull' | 'show';
type Sample = { readonly total: number } & Readonly<Partial<Record<Stage, number>>>;

const STAGES: Readonly<Record<Stage, string>> = {
  save: 'key → sent (stored twice here)',
  push: 'sent → answered (API, PostgreSQL)',
  poke: 'answered → other console asks',
  pull: 'asks → has it',
  show: 'has it → on its screen',
};

async function workstation(api: RunningPult, login: string, profile: string): Promise<TestConsole> {
  const console = await openConsole({ url: api.url, profile });
  await logIn(console, api.account(login), DOWNLOAD_MS);
  return console;
}

/** One note, from Ctrl+Enter on `writer` to the history of the card that stands open on `reader`. */
async function sample(
  writer: TestConsole,
  reader: TestConsole,
  sent: readonly Exchange[],
  got: readonly Exchange[],
  text: string,
): Promise<Sample> {
  await writer.page.keyboard.press('KeyN');
  await writer.page.getByRole('dialog').getByRole('textbox').fill(text);
  const pressed = await watchKey(writer.page, 'Enter');
  const seen = await watchFor(reader.page, text, 'main');
  await writer.page.keyboard.press('Control+Enter');
  const [from, to] = await Promise.all([pressed.moment, seen.moment]);
  await writer.page.getByRole('dialog').waitFor({ state: 'hidden' });
  // The driver hears of the requests a moment later. Changes of one operator are not a stream either.
  await sleep(150 + Math.random() * 200);
  const push = sent.find(({ path, start }) => path === 'push' && start >= from);
  const pull = got.findLast(({ path, start, end }) => path === 'changes' && start >= from && end <= to);
  if (push === undefined || pull === undefined) return { total: to - from };
  return {
    total: to - from,
    save: push.start - from,
    push: push.end - push.start,
    poke: pull.start - push.end,
    pull: pull.end - pull.start,
    show: to - pull.end,
  };
}

/** Samples with two workstations, each a browser of its own, at the given API processes. */
async function between(
  writerAt: RunningPult,
  readerAt: RunningPult,
  count: number,
): Promise<readonly Sample[]> {
  return withFolder(async (folder) => {
    const opened: TestConsole[] = [];
    try {
      opened.push(await workstation(writerAt, 'operator', join(folder, 'writer')));
      opened.push(await workstation(readerAt, 'operator2', join(folder, 'reader')));
      const number = await newMessage(writerAt);
      for (const console of opened) await openByNumber(console, number);
      return await samplesOf(opened as [TestConsole, TestConsole], count);
    } finally {
      for (const console of opened) await console.close().catch(() => undefined);
    }
  });
}

async function samplesOf(
  [writer, reader]: readonly [TestConsole, TestConsole],
  count: number,
): Promise<readonly Sample[]> {
  const [sent, got] = [noteExchanges(writer.context), noteExchanges(reader.context)];
  const samples: Sample[] = [];
  for (let round = -WARM_UP; round < count; round += 1) {
    const taken = await sample(writer, reader, sent, got, `замер ${round} ${uuidv7()}`);
    if (round >= 0) samples.push(taken);
  }
  return samples;
}

async function newMessage(api: RunningPult): Promise<number> {
  const client = await ApiClient.logIn(api.url, api.account('administrator'));
  const id = uuidv7();
  const { outcomes } = await client.push([client.envelope(id, 'register', registerArgs('Замер'))]);
  const { headV } = await client.hello();
  const [page] = await client.changesAfter(headV - 1);
  const change = page?.changes.find((row) => row.id === id && row.op === 'put');
  if (change === undefined || !('row' in change))
    throw new Error(`Not registered: ${JSON.stringify(outcomes)}`);
  return must((change.row as { number: number | null }).number, 'a number');
}

function report(where: string, samples: readonly Sample[]): Goal {
  const totals = samples.map(({ total }) => total);
  const stages = (Object.keys(STAGES) as Stage[]).map((stage) => {
    const values = samples.map((sample) => sample[stage]).filter((value) => value !== undefined);
    return `  ${STAGES[stage]}: p50 ${median(values).toFixed(0)}, p95 ${share(values, 0.95).toFixed(0)} ms`;
  });
  process.stdout.write(
    `${where}: p50 ${median(totals).toFixed(0)}, p95 ${share(totals, 0.95).toFixed(0)}, ` +
      `most ${Math.max(...totals).toFixed(0)} ms of ${samples.length}\n${stages.join('\n')}\n`,
  );
  return {
    where,
    title: 'key on one console → screen of the other, p95',
    limit: 150,
    measured: share(totals, 0.95),
    unit: 'ms',
    detail: `p50 ${median(totals).toFixed(0)}`,
  };
}

/** Two consoles of one API process, then of two processes on one PostgreSQL; `count` changes each. */
export async function benchLatency(count: number, incidents = INCIDENTS): Promise<readonly Goal[]> {
  return withServers(incidents, 2, async ({ apis }) => {
    const [first, second] = apis as [RunningPult, RunningPult];
    const same = await between(first, first, count);
    const goals = [report('two consoles, one API process', same)];
    const two = { ...second, account: first.account };
    goals.push(report('two consoles, two API processes', await between(first, two, count)));
    return goals;
  });
}

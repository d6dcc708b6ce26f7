// npm run simulate -- [--minutes M] [--histories N] [--seed S] [--postgres | --both]
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { historyWords, liveHistory } from '#tests/helpers/simulation/history.ts';
import type { History } from '#tests/helpers/simulation/history-step.ts';
import { memoryLane, postgresLane, twinLane } from '#tests/helpers/simulation/lanes.ts';
import { PLANTED_BUGS } from '#tests/helpers/simulation/planted-bugs.ts';
import type { Lane, Planted } from '#tests/helpers/simulation/run-lanes.ts';
import { closingLines, simulate } from './simulate.ts';

const USAGE = `npm run simulate -- [--minutes M] [--histories N] [--seed S] [--postgres | --both]
  [--plant BUG] [--replay FILE]
--postgres: on the real PostgreSQL; --both: the model beside it, asked the same; bugs: ${PLANTED_BUGS.map(
  ([name]) => `"${name}"`,
).join(', ')}`;

/** Histories at once where they wait for PostgreSQL. */
const LANES = 6;
const DEFAULT_MINUTES = 1;

const { values } = commandLine(
  {
    options: {
      minutes: { type: 'string' },
      histories: { type: 'string' },
      seed: { type: 'string' },
      postgres: { type: 'boolean', default: false },
      both: { type: 'boolean', default: false },
      plant: { type: 'string' },
      replay: { type: 'string' },
    },
  },
  USAGE,
);

/** A number from the command line. Throws StartupError `bad_arguments`. */
function numberOf(name: 'minutes' | 'histories' | 'seed', otherwise: number): number {
  if (values[name] === undefined) return otherwise;
  const parsed = z.coerce.number().min(0).safeParse(values[name]);
  if (parsed.success) return parsed.data;
  throw new StartupError('bad_arguments', `--${name} is a number`, USAGE);
}

function plantedBug(): Planted {
  if (values.plant === undefined) return {};
  const bug = PLANTED_BUGS.find(([name]) => name === values.plant);
  if (bug === undefined) throw new StartupError('bad_arguments', `No bug "${values.plant}"`, USAGE);
  return bug[1];
}

function laneOf(database: FreshDatabase | null): () => Lane {
  if (database === null) return memoryLane;
  return () => (values.both ? twinLane(database) : postgresLane(database));
}

async function replay(openLane: () => Lane, file: string): Promise<void> {
  const history = JSON.parse(readFileSync(file, 'utf8')) as History;
  const lane = openLane();
  try {
    await liveHistory(await lane.region(), history);
    process.stdout.write('The history breaks no rule.\n');
  } catch (error) {
    process.stdout.write(`${String(error)}\n${historyWords(history)}\n`);
    process.exitCode = 1;
  } finally {
    await lane.close();
  }
}

async function run(openLane: () => Lane, lanes: number): Promise<void> {
  const isCounted = values.histories !== undefined;
  const wanted = {
    seed: numberOf('seed', Date.now() % 1_000_000_000),
    ms: numberOf('minutes', isCounted ? Infinity : DEFAULT_MINUTES) * 60_000,
    histories: numberOf('histories', Infinity),
    lanes,
    openLane,
    planted: plantedBug(),
    say,
  };
  say(`Seed ${wanted.seed}`);
  const start = performance.now();
  const { coverage, broken } = await simulate(wanted);
  const lines = closingLines(coverage, performance.now() - start);
  process.stdout.write(`${lines.join('\n')}\n${broken.length} rules broken; seed ${wanted.seed}\n`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

await runCommand(async () => {
  const database = values.postgres || values.both ? await freshDatabase() : null;
  try {
    const openLane = laneOf(database);
    if (values.replay !== undefined) await replay(openLane, values.replay);
    else await run(openLane, database === null ? 1 : LANES);
  } finally {
    await database?.stop();
  }
});

// npm run simulate -- [--minutes M] [--histories N] [--seed S] [--postgres | --both]
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { historyWords } from '#tests/helpers/simulation/history.ts';
import type { History } from '#tests/helpers/simulation/history-step.ts';
import { memoryLane, postgresLane, twinLane } from '#tests/helpers/simulation/lanes.ts';
import { PLANTED_BUGS } from '#tests/helpers/simulation/planted-bugs.ts';
import { Place, whileItGoesOn } from '#tests/helpers/simulation/place.ts';
import {
  drawnHistory,
  HISTORY_PATIENCE_MS,
  livePlanted,
  type Lane,
  type Planted,
} from '#tests/helpers/simulation/run-lanes.ts';
import { closingLines, simulate } from './simulate.ts';

const USAGE = `npm run simulate -- [--minutes M] [--histories N] [--seed S] [--postgres | --both]
  [--plant BUG] [--replay FILE | --only N]
--only: the Nth history of the seed, each step told
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
      only: { type: 'string' },
    },
  },
  USAGE,
);

/** A number from the command line. Throws StartupError `bad_arguments`. */
function numberOf(name: 'minutes' | 'histories' | 'seed' | 'only', otherwise: number): number {
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

/** Lives one history, telling each step as it begins. */
async function liveOne(openLane: () => Lane, history: History): Promise<void> {
  const [lane, place] = [openLane(), new Place(numberOf('seed', 0))];
  place.number = numberOf('only', 1);
  const watch = {
    at: (where: string): void => {
      place.at(where);
      say(where);
    },
  };
  try {
    await whileItGoesOn(livePlanted(lane, history, plantedBug(), watch), place, HISTORY_PATIENCE_MS);
    process.stdout.write('The history breaks no rule.\n');
  } catch (error) {
    process.stdout.write(`${String(error)}\n${historyWords(history)}\n`);
    process.exitCode = 1;
  } finally {
    place.at('closing its connections');
    await whileItGoesOn(lane.close(), place, HISTORY_PATIENCE_MS);
  }
}

/** The history that the arguments name; null where many are to be drawn. */
function namedHistory(): History | null {
  if (values.replay !== undefined) return JSON.parse(readFileSync(values.replay, 'utf8')) as History;
  return values.only === undefined ? null : drawnHistory(numberOf('seed', 0), numberOf('only', 1));
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
  const simulated = await simulate(wanted);
  const lines = closingLines(simulated, performance.now() - start);
  const { length } = simulated.broken;
  process.stdout.write(`${lines.join('\n')}\n${length} rules broken; seed ${wanted.seed}\n`);
  process.exitCode = length === 0 ? 0 : 1;
}

await runCommand(async () => {
  const database = values.postgres || values.both ? await freshDatabase() : null;
  const ending = new Place(0);
  try {
    const openLane = laneOf(database);
    const history = namedHistory();
    if (history === null) await run(openLane, database === null ? 1 : LANES);
    else await liveOne(openLane, history);
  } finally {
    ending.at('closing the database');
    await whileItGoesOn(database?.stop() ?? Promise.resolve(), ending, HISTORY_PATIENCE_MS);
  }
});

import { Coverage } from '#tests/helpers/simulation/coverage.ts';
import { historyWords } from '#tests/helpers/simulation/history.ts';
import { runLanes, type Broken, type Lane, type Planted } from '#tests/helpers/simulation/run-lanes.ts';
import { universe } from '#tests/helpers/simulation/universe.ts';

export interface Wanted {
  readonly seed: number;
  /** Begin no more batches after so long. */
  readonly ms: number;
  readonly histories: number;
  readonly lanes: number;
  readonly openLane: () => Lane;
  readonly planted: Planted;
  /** Hears of progress. */
  readonly say: (line: string) => void;
}

/** Histories of one batch: each has a seed of its own, by which it can be run again. */
const BATCH = 60;
/** The run ends when so many different rules were broken. */
const ENOUGH = 5;
const PROGRESS_MS = 60_000;

/** A complaint without the names of the moment. */
const complaintOf = ({ error }: Broken): string => error.replaceAll(/[0-9a-f-]{36}|\d+/gu, '#').slice(0, 80);

/** Lives histories until the time or the number is over; gives everything that broke a rule, once each. */
export async function simulate(wanted: Wanted): Promise<{ coverage: Coverage; broken: readonly Broken[] }> {
  const { seed, ms, histories, lanes, openLane, planted, say } = wanted;
  const start = performance.now();
  const [coverage, broken] = [new Coverage(), new Map<string, Broken>()];
  let told = start;
  for (let batch = 0; coverage.histories < histories && broken.size < ENOUGH; batch += 1) {
    const now = performance.now();
    if (now - start >= ms) break;
    if (now - told >= PROGRESS_MS) {
      told = now;
      say(
        `${Math.round((now - start) / 60_000)} min: ${coverage.histories} histories, ${broken.size} broken`,
      );
    }
    const left = Math.min(BATCH, histories - coverage.histories);
    const run = { histories: left, lanes, seed: seed + batch * lanes, until: start + ms };
    const found = await runLanes(openLane, run, planted);
    coverage.add(found.coverage);
    const { failure } = found;
    if (failure === null || broken.has(complaintOf(failure))) continue;
    broken.set(complaintOf(failure), failure);
    say(brokenWords(failure, coverage.histories));
  }
  return { coverage, broken: [...broken.values()] };
}

/** A counterexample for a person, with the line that keeps it as a test. */
export const brokenWords = ({ seed, history, error }: Broken, after: number): string =>
  [
    '',
    `Broken after ${after} histories (batch of seed ${seed}): ${error}`,
    historyWords(history),
    'To keep it as a test, put this into tests/fixtures/histories/NAME.json:',
    JSON.stringify(history),
    '',
  ].join('\n');

/** The closing lines: how much was lived, and what of all that can be was reached. */
export function closingLines(coverage: Coverage, ms: number): string[] {
  const { histories, commands } = coverage;
  const rate = (histories / (ms / 1000)).toFixed(1);
  return [
    ...coverage.lines(universe()),
    '',
    `${histories} histories with ${commands} commands in ${(ms / 60_000).toFixed(1)} min (${rate}/s)`,
  ];
}

import { Coverage } from '#tests/helpers/simulation/coverage.ts';
import { historyWords } from '#tests/helpers/simulation/history.ts';
import { Place } from '#tests/helpers/simulation/place.ts';
import {
  closeLane,
  runLane,
  type Broken,
  type Lane,
  type Planted,
} from '#tests/helpers/simulation/run-lanes.ts';
import { universe } from '#tests/helpers/simulation/universe.ts';

export interface Wanted {
  readonly seed: number;
  /** Begin nothing more after so long: no histories, and no shorter ones of one that broke a rule. */
  readonly ms: number;
  readonly histories: number;
  readonly lanes: number;
  readonly openLane: () => Lane;
  readonly planted: Planted;
  /** A history that goes no step on for so long is stuck, ms. */
  readonly patienceMs?: number;
  /** Hears of progress. */
  readonly say: (line: string) => void;
}

/** The histories that were lived, and those that broke a rule. */
export interface Simulated {
  readonly coverage: Coverage;
  readonly broken: readonly Broken[];
}

/** Histories of one batch: each has a seed of its own, by which it can be run again. */
const BATCH = 10;
/** The run ends when so many different rules were broken. */
const ENOUGH = 5;
const PROGRESS_MS = 5000;

/** A complaint without the names of the moment. */
const complaintOf = ({ error }: Broken): string => error.replaceAll(/[0-9a-f-]{36}|\d+/gu, '#').slice(0, 80);

/** Lives histories until the time or the number is over; gives everything that broke a rule, once each. */
export async function simulate(wanted: Wanted): Promise<Simulated> {
  const { seed, ms, histories, lanes, say, openLane } = wanted;
  const start = performance.now();
  const [coverage, broken] = [new Coverage(), new Map<string, Broken>()];
  const places = new Map<number, Place>();
  const isOver = (): boolean => performance.now() - start >= ms;
  const note = (failure: Broken | null): void => {
    if (failure === null || broken.has(complaintOf(failure))) return;
    broken.set(complaintOf(failure), failure);
    say(brokenWords(failure, coverage.histories));
  };
  let batches = 0;
  /** Takes batch after batch, so that no lane waits for another; which seeds there are depends on none. */
  const liveIn = async (index: number): Promise<void> => {
    const lane = openLane();
    let place = new Place(seed);
    while (batches * BATCH < histories && broken.size < ENOUGH && !isOver()) {
      place = new Place(seed + batches);
      const wantedNow = { ...wanted, histories: Math.min(BATCH, histories - batches * BATCH), isOver };
      batches += 1;
      places.set(index, place);
      const lived = await runLane(lane, place, wantedNow, wanted.planted);
      coverage.add(lived.coverage);
      note(lived.failure);
    }
    await closeLane(lane, place, wanted.patienceMs);
  };
  const tell = setInterval(
    () => say(progressWords(performance.now() - start, coverage.histories, broken.size, places)),
    PROGRESS_MS,
  );
  try {
    await Promise.all(Array.from({ length: lanes }, (_, index) => liveIn(index)));
  } finally {
    clearInterval(tell);
  }
  return { coverage, broken: [...broken.values()] };
}

/** Lines on how far a run has come: the histories of batches that are over, and what every lane is doing. */
function progressWords(
  ms: number,
  histories: number,
  broken: number,
  places: ReadonlyMap<number, Place>,
): string {
  const lanes = Array.from(
    places.values(),
    (place) => `${place.words} for ${(place.restsMs / 1000).toFixed(1)} s`,
  );
  return [`${Math.round(ms / 1000)} s: ${histories} histories, ${broken} broken`, ...lanes].join('\n  ');
}

/** A counterexample for a person, with the line that keeps it as a test. */
export const brokenWords = ({ seed, number, history, error }: Broken, after: number): string =>
  [
    '',
    `Broken after ${after} histories, by history ${number} of seed ${seed}: ${error}`,
    `Before it was shrunk it is --seed ${seed} --only ${number}`,
    historyWords(history),
    'To keep it as a test, put this into tests/fixtures/histories/NAME.json:',
    JSON.stringify(history),
    '',
  ].join('\n');

/** The closing lines: how much was lived, what of all that can be was reached, and what broke a rule. */
export function closingLines({ coverage, broken }: Simulated, ms: number): string[] {
  const { histories, commands } = coverage;
  const rate = (histories / (ms / 1000)).toFixed(1);
  return [
    ...coverage.lines(universe()),
    '',
    `${histories} histories with ${commands} commands in ${(ms / 60_000).toFixed(1)} min (${rate}/s)`,
    ...broken.map(({ seed, number, error }) => `history ${number} of seed ${seed}: ${error}`),
  ];
}

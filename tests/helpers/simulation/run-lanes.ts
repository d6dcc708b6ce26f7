import fc from 'fast-check';
import { Coverage } from './coverage.ts';
import { historyArbitrary } from './history-arbitrary.ts';
import { liveHistory } from './history.ts';
import type { History } from './history-step.ts';
import type { SimulatedRegion } from './region.ts';
import type { EnginePorts } from './simulated-console.ts';

/** Makes regions for histories that are lived one after another. */
export interface Lane {
  region(): Promise<SimulatedRegion>;
  close(): Promise<void>;
}

export interface Run {
  readonly histories: number;
  readonly lanes: number;
  readonly seed: number;
  /** Do not look for a shorter history once one has failed. */
  readonly endOnFailure?: boolean;
  /** Begin no more histories from this moment on, by `performance.now`. */
  readonly until?: number;
}

/**
 * A planted bug spoils one of these: the ports of the consoles' engines, or the API as the consoles reach it.
 */
export interface Planted {
  readonly ports?: (real: EnginePorts) => EnginePorts;
  readonly region?: (real: SimulatedRegion) => SimulatedRegion;
}

/** A history that broke a rule, shrunk. */
export interface Broken {
  /** The seed of the batch it was drawn in. */
  readonly seed: number;
  readonly history: History;
  readonly error: string;
}

export interface Found {
  readonly histories: number;
  readonly failure: Broken | null;
  readonly coverage: Coverage;
}

/** Lives many histories, several at a time: while one waits for its storage, another computes. */
export async function runLanes(openLane: () => Lane, run: Run, planted: Planted = {}): Promise<Found> {
  const each = Math.ceil(run.histories / run.lanes);
  const lanes = Array.from({ length: run.lanes }, (_, lane) =>
    runLane(openLane(), { ...run, histories: each, seed: run.seed + lane }, planted),
  );
  const found = await Promise.all(lanes);
  const coverage = new Coverage();
  for (const lane of found) coverage.add(lane.coverage);
  return {
    histories: coverage.histories,
    failure: found.find(({ failure }) => failure !== null)?.failure ?? null,
    coverage,
  };
}

async function runLane(
  lane: Lane,
  { histories, seed, endOnFailure = false, until = Infinity }: Run,
  planted: Planted,
): Promise<Found> {
  const coverage = new Coverage();
  let isFound = false;
  const property = fc.asyncProperty(historyArbitrary, async (history) => {
    if (!isFound && performance.now() > until) return;
    const region = await lane.region();
    const watch = { coverage: isFound ? new Coverage() : coverage, spoil: planted.ports };
    try {
      await liveHistory(planted.region?.(region) ?? region, history, watch);
    } catch (error) {
      isFound = true;
      throw error;
    }
  });
  const details = await fc.check(property, { numRuns: histories, seed, endOnFailure });
  await lane.close();
  const [history] = details.counterexample ?? [];
  const failure = history === undefined ? null : { seed, history, error: String(details.errorInstance) };
  return { histories: coverage.histories, failure, coverage };
}

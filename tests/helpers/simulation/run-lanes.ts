import fc from 'fast-check';
import { must } from '#shared/domain/must.ts';
import { Coverage } from './coverage.ts';
import { historyArbitrary } from './history-arbitrary.ts';
import { liveHistory } from './history.ts';
import type { History } from './history-step.ts';
import { Place, Stuck, whileItGoesOn } from './place.ts';
import type { SimulatedRegion } from './region.ts';
import type { EnginePorts } from './simulated-console.ts';

/** Makes regions for histories that are lived one after another. */
export interface Lane {
  region(): Promise<SimulatedRegion>;
  /** Leaves what a history that is stuck may hold, and waits for nothing. */
  abandon(): void;
  close(): Promise<void>;
}

export interface Run {
  readonly histories: number;
  readonly lanes: number;
  readonly seed: number;
  /** Do not look for a shorter history once one has failed. */
  readonly endOnFailure?: boolean;
  /** Says when to begin no more histories, nor shorter ones of one that failed. */
  readonly isOver?: () => boolean;
  /** A history that goes no step on for so long is stuck, ms. */
  readonly patienceMs?: number;
  /** Told of every lane's place, which goes on with it. */
  readonly onLane?: (place: Place) => void;
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
  /** The seed it was drawn by, and which one of those it was before it was shrunk. */
  readonly seed: number;
  readonly number: number;
  readonly history: History;
  readonly error: string;
}

/** Of each lane the first history that broke a rule; `failure` is one of them. */
export interface Found {
  readonly histories: number;
  readonly failure: Broken | null;
  readonly failures: readonly Broken[];
  readonly coverage: Coverage;
}

/** Lives many histories, several at a time: while one waits for its storage, another computes. */
export async function runLanes(openLane: () => Lane, run: Run, planted: Planted = {}): Promise<Found> {
  const each = Math.ceil(run.histories / run.lanes);
  const lanes = Array.from({ length: run.lanes }, async (_, index) => {
    const [lane, place] = [openLane(), new Place(run.seed + index)];
    run.onLane?.(place);
    const lived = await runLane(lane, place, { ...run, histories: each }, planted);
    await closeLane(lane, place, run.patienceMs);
    return lived;
  });
  const found = await Promise.all(lanes);
  const coverage = new Coverage();
  for (const lane of found) coverage.add(lane.coverage);
  const failures = found.flatMap(({ failure }) => failure ?? []);
  return { histories: coverage.histories, failure: failures[0] ?? null, failures, coverage };
}

/** A patience, not a measure: a step takes milliseconds, beside other load a hundred times that. */
export const HISTORY_PATIENCE_MS = 120_000;

/** The history that a lane of this seed lives as its `number`th. */
export const drawnHistory = (seed: number, number: number): History =>
  must(fc.sample(historyArbitrary, { seed, numRuns: number }).at(-1), 'a history that was drawn');

/** Lives a history in a region of its own, with a planted bug. */
export async function livePlanted(
  lane: Lane,
  history: History,
  planted: Planted,
  { coverage, at }: { readonly coverage?: Coverage; readonly at: (where: string) => void },
): Promise<void> {
  at('making its region');
  const region = await lane.region();
  const watch = { at, spoil: planted.ports, ...(coverage === undefined ? {} : { coverage }) };
  await liveHistory(planted.region?.(region) ?? region, history, watch);
}

/** Closes a lane. Throws {@link Stuck} where that does not end. */
export async function closeLane(
  lane: Lane,
  place: Place,
  patienceMs: number = HISTORY_PATIENCE_MS,
): Promise<void> {
  place.at('closing its connections');
  await whileItGoesOn(lane.close(), place, patienceMs);
  place.at('over');
}

/** Lives the first histories that the seed of `place` draws, and notes there how it goes on. */
export async function runLane(
  lane: Lane,
  place: Place,
  run: Omit<Run, 'lanes' | 'seed' | 'onLane'>,
  planted: Planted,
): Promise<Pick<Found, 'failure' | 'coverage'>> {
  const { histories, endOnFailure = false, patienceMs = HISTORY_PATIENCE_MS } = run;
  const coverage = new Coverage();
  const { seed } = place;
  let found: 'nothing' | 'broken' | 'stuck' = 'nothing';
  const property = fc.asyncProperty(historyArbitrary, async (history) => {
    // Each shorter one of a history that is stuck would take all the patience once more.
    if (found === 'stuck' || run.isOver?.() === true) return;
    if (found === 'nothing') place.number += 1;
    const counted = found === 'nothing' ? coverage : new Coverage();
    const watch = { coverage: counted, at: (where: string) => place.at(where) };
    try {
      await whileItGoesOn(livePlanted(lane, history, planted, watch), place, patienceMs);
    } catch (error) {
      found = error instanceof Stuck ? 'stuck' : 'broken';
      if (found === 'stuck') lane.abandon();
      throw error;
    }
  });
  const details = await fc.check(property, { numRuns: histories, seed, endOnFailure });
  const [history] = details.counterexample ?? [];
  const { number } = place;
  const failure =
    history === undefined ? null : { seed, number, history, error: String(details.errorInstance) };
  return { failure, coverage };
}

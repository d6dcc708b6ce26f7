import { assertNever } from '#shared/domain/must.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { CLOSED_STEPS, DUE_STEPS, STEP_NAMES, TRIAGE_STEPS } from '#shared/domain/step.ts';
import type { StepName } from '#shared/domain/step.ts';
import type { Lane } from './console-store.ts';
import type { IncidentCells } from './incident-codec.ts';

/**
 * True when a row of a chunk belongs. Called for every row there is, so it looks at typed arrays and nothing
 * else.
 */
export type RowTest = (cells: IncidentCells, index: number) => boolean;

/** The things lanes depend on besides the incident. */
export interface LaneContext {
  /**
   * Dictionary codes of the account that looks and of those for whom it stands in; -1 for one whom no
   * incident names.
   */
  readonly mine: readonly number[];
  readonly now: Instant;
  /** Midnight that ends the region's day. */
  readonly endOfToday: Instant;
  /** An incident due before this burns; policy and agency by their dictionary codes. */
  readonly burnsBefore: (policy: number, agency: number) => Instant;
}

/** One byte per step: 1 where the set has it. */
const stepMask = (steps: ReadonlySet<StepName>): Uint8Array =>
  Uint8Array.from(STEP_NAMES, (name) => (steps.has(name) ? 1 : 0));

const TRIAGE = stepMask(TRIAGE_STEPS);
const DUE = stepMask(DUE_STEPS);
const CLOSED = stepMask(CLOSED_STEPS);

/** Lanes that are a set of steps and nothing else: a count by step answers them all. */
const STEP_LANES = {
  new: TRIAGE,
  agencies: stepMask(new Set(['assigned', 'in_progress', 'deferred'])),
  approval: stepMask(new Set(['approval'])),
  publishing: stepMask(new Set(['publishing'])),
  satisfaction: stepMask(new Set(['satisfaction'])),
  all: CLOSED.map((isIn) => 1 - isIn),
  closed: CLOSED,
} as const satisfies Partial<Record<Lane, Uint8Array>>;

const isStepLane = (lane: Lane): lane is keyof typeof STEP_LANES => lane in STEP_LANES;

/**
 * One byte per step for a lane that is a set of steps, 1 where the set has it; `null` for one with a
 * condition.
 */
export const stepsOfLane = (lane: Lane): Uint8Array | null => (isStepLane(lane) ? STEP_LANES[lane] : null);

const inSteps =
  (mask: Uint8Array): RowTest =>
  (cells, index) =>
    mask[cells.step[index] as number] === 1;

const isDueBefore =
  (moment: Instant): RowTest =>
  (cells, index) =>
    (cells.dueAt[index] as number) < moment && DUE[cells.step[index] as number] === 1;

const isBurning =
  (burnsBefore: LaneContext['burnsBefore']): RowTest =>
  ({ dueAt, step, duePolicy, agency }, index) =>
    DUE[step[index] as number] === 1 &&
    (dueAt[index] as number) < burnsBefore(duePolicy[index] as number, agency[index] as number);

const isOpen: RowTest = (cells, index) => CLOSED[cells.step[index] as number] === 0;

/** The test of rows that makes a lane of the queue. */
export function laneTest(lane: Lane, { mine, now, endOfToday, burnsBefore }: LaneContext): RowTest {
  if (isStepLane(lane)) return inSteps(STEP_LANES[lane]);
  switch (lane) {
    case 'mine':
      return (cells, index) =>
        isOpen(cells, index) &&
        (mine.includes(cells.holder[index] as number) || mine.includes(cells.drafter[index] as number));
    case 'promised':
      return (cells, index) => (cells.promiseAt[index] as number) < endOfToday;
    case 'overdue':
      return isDueBefore(now);
    case 'burning':
      return isBurning(burnsBefore);
    default:
      return assertNever(lane);
  }
}

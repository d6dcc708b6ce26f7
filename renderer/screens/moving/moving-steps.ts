/** One step of the move; its words are `moving.step.<id>`. */
export interface MovingStep {
  readonly id: string;
  /** How many sentences it has. */
  readonly lines: number;
  /** Address of the screen where it is done; null where nothing is to be done. */
  readonly to: string | null;
}

/** The steps in the order in which a centre takes them. */
export const MOVING_STEPS: readonly MovingStep[] = [
  { id: 'first', lines: 3, to: '/import' },
  { id: 'delta', lines: 3, to: '/import' },
  { id: 'open', lines: 3, to: '/queue/new' },
  { id: 'lost', lines: 4, to: null },
  { id: 'day', lines: 4, to: '/setup' },
  { id: 'back', lines: 2, to: '/import' },
];

/**
 * `works`: the thing does what it is for; `partly`: it does, and something about it is left to do; `unknown`:
 * the centre knows and was not asked.
 */
export type SetupState = 'works' | 'partly' | 'missing' | 'unknown';

/** A sentence about what was found, `setup.found.<kind>`, with what fills its gaps. */
export interface SetupFinding {
  readonly kind: string;
  readonly count?: number;
  readonly names?: string;
  readonly covered?: number;
  readonly year?: number;
}

/** How one subject of the setting up stands. */
export interface Verdict {
  readonly state: SetupState;
  readonly findings: readonly SetupFinding[];
}

/** A verdict of one sentence. */
export const verdict = (state: SetupState, ...findings: readonly SetupFinding[]): Verdict => ({
  state,
  findings,
});

import type { Instant } from '#shared/domain/instant.ts';
import type { MailLog } from '#shared/protocol/notices.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import type { Reference } from '#renderer/kit/context/reference.ts';

/** The facts of a region that its setting up is judged by. */
export interface SetupFacts {
  /** The settings and people of the region as this workstation has them. */
  readonly reference: Pick<
    Reference,
    'accounts' | 'agencies' | 'calendar' | 'municipalities' | 'policies' | 'regulation' | 'routes' | 'topics'
  >;
  readonly now: Instant;
  /** Incidents of this copy, open and closed. */
  readonly incidents: number;
  /** Only the centre knows who has come in; null while it was not asked. */
  readonly people: readonly ListedAccount[] | null;
  /** Pages of networks lie at the centre alone; null while it was not asked. */
  readonly pages: readonly ListedPage[] | null;
  /** Mail goes out from the centre alone; null while it was not asked. */
  readonly mail: { readonly isOn: boolean; readonly log: MailLog } | null;
}

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

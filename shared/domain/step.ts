import type { Instant } from './instant.ts';

/** Reasons why a message is not taken into work. */
export const REJECT_REASONS = [
  'spam',
  'insult',
  'not_a_request',
  'outside_region',
  'closed_profile',
  'other',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/**
 * The step an incident stands at. A union by step, so that a field exists only where it means something.
 * Column «Текущий шаг» of the registry shows the same thing in its own words.
 */
export type Step =
  | { readonly name: 'new'; readonly since: Instant }
  | {
      readonly name: 'returned';
      readonly since: Instant;
      readonly from: string;
      readonly target: string | null;
      readonly reason: string;
    }
  | { readonly name: 'reopened'; readonly since: Instant; readonly reason: string }
  | { readonly name: 'assigned'; readonly since: Instant }
  | { readonly name: 'in_progress'; readonly since: Instant }
  | { readonly name: 'approval'; readonly since: Instant }
  | { readonly name: 'publishing'; readonly since: Instant }
  | { readonly name: 'satisfaction'; readonly since: Instant }
  | { readonly name: 'done'; readonly since: Instant }
  | { readonly name: 'deferred'; readonly since: Instant; readonly until: Instant; readonly reason: string }
  | {
      readonly name: 'rejected';
      readonly since: Instant;
      readonly reason: RejectReason;
      readonly comment: string;
    }
  | { readonly name: 'merged'; readonly since: Instant; readonly into: string; readonly before: Step };

export type StepName = Step['name'];

/** Every step in the order an incident usually meets them; side doors last. */
export const STEP_NAMES = [
  'new',
  'returned',
  'reopened',
  'assigned',
  'in_progress',
  'approval',
  'publishing',
  'satisfaction',
  'done',
  'deferred',
  'rejected',
  'merged',
] as const satisfies readonly StepName[];

/** Steps in which nobody owes anything more. */
export const CLOSED_STEPS: ReadonlySet<StepName> = new Set(['done', 'rejected', 'merged']);

/** Steps in which the centre itself must choose an agency. */
export const TRIAGE_STEPS: ReadonlySet<StepName> = new Set(['new', 'returned', 'reopened']);

/** Steps in which the first (or final) answer is still owed, so that a deadline runs. */
export const DUE_STEPS: ReadonlySet<StepName> = new Set([
  'new',
  'returned',
  'reopened',
  'assigned',
  'in_progress',
  'approval',
  'publishing',
]);

/** Tells whether the step is one of `CLOSED_STEPS`. */
export const isClosed = (step: Step): boolean => CLOSED_STEPS.has(step.name);

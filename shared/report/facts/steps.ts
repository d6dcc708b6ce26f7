import type { Instant } from '#shared/domain/instant.ts';
import { DUE_STEPS, type StepName } from '#shared/domain/step.ts';

/** A row of facts, or an ending: each stands at a step. */
interface AtStep {
  readonly step: StepName;
}

/** Steps the control line counts. */
export const isRejected = (row: AtStep): boolean => row.step === 'rejected';
export const isMerged = (row: AtStep): boolean => row.step === 'merged';
export const isFinished = (row: AtStep): boolean => row.step === 'done';
/** Named one by one, not «all the rest»: a step nobody thought of must break the balance, not hide in it. */
export const isInWork = (row: AtStep): boolean =>
  DUE_STEPS.has(row.step) || row.step === 'satisfaction' || row.step === 'deferred';
/** Neither rejected nor merged: the centre took it to work. */
export const isTaken = (row: AtStep): boolean => isFinished(row) || isInWork(row);

/** An answer is still owed: rejected and merged messages get none. */
export const isUnanswered = (row: AtStep & { readonly firstReplyAt: Instant | null }): boolean =>
  row.firstReplyAt === null && isTaken(row);

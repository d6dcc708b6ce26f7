import type { Instant } from '#shared/domain/instant.ts';
import { DUE_STEPS } from '#shared/domain/step.ts';
import type { FactRow } from './facts.ts';

/** Steps the control line counts. */
export const isRejected = (one: Pick<FactRow, 'step'>): boolean => one.step === 'rejected';
export const isMerged = (one: Pick<FactRow, 'step'>): boolean => one.step === 'merged';
export const isFinished = (one: Pick<FactRow, 'step'>): boolean => one.step === 'done';
/** Named one by one, not «all the rest»: a step nobody thought of must break the balance, not hide in it. */
export const isInWork = (one: Pick<FactRow, 'step'>): boolean =>
  DUE_STEPS.has(one.step) || one.step === 'satisfaction' || one.step === 'deferred';
/** Neither rejected nor merged: the centre took it to work. */
export const isTaken = (one: Pick<FactRow, 'step'>): boolean => isFinished(one) || isInWork(one);

/** Whether the incident was out of work before that moment. */
export const isClosedBy = (one: Pick<FactRow, 'closedAt'>, at: Instant): boolean =>
  one.closedAt !== null && one.closedAt < at;

/** An answer is still owed: rejected and merged messages get none. */
export const isUnanswered = (one: Pick<FactRow, 'step' | 'firstReplyAt'>): boolean =>
  one.firstReplyAt === null && isTaken(one);

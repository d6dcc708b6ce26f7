import { DUE_STEPS } from '#shared/domain/step.ts';
import type { FactRow } from './facts.ts';

/** Steps the control line counts. */
export const isRejected = (row: Pick<FactRow, 'step'>): boolean => row.step === 'rejected';
export const isMerged = (row: Pick<FactRow, 'step'>): boolean => row.step === 'merged';
export const isFinished = (row: Pick<FactRow, 'step'>): boolean => row.step === 'done';
/** Named one by one, not «all the rest»: a step nobody thought of must break the balance, not hide in it. */
export const isInWork = (row: Pick<FactRow, 'step'>): boolean =>
  DUE_STEPS.has(row.step) || row.step === 'satisfaction' || row.step === 'deferred';
/** Neither rejected nor merged: the centre took it to work. */
export const isTaken = (row: Pick<FactRow, 'step'>): boolean => isFinished(row) || isInWork(row);

/** An answer is still owed: rejected and merged messages get none. */
export const isUnanswered = (row: Pick<FactRow, 'step' | 'firstReplyAt'>): boolean =>
  row.firstReplyAt === null && isTaken(row);

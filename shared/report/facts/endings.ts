import type { EventName } from '#shared/domain/event.ts';
import type { HistoryEntry, Incident, Outcome } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { StepName } from '#shared/domain/step.ts';
import { isFinished } from './steps.ts';

/** The steps that are out of work, and the events that lead to them. */
const STEP_AFTER = {
  closed: 'done',
  rejected: 'rejected',
  merged: 'merged',
} as const satisfies Partial<Record<EventName, string>>;

/**
 * A stretch out of work that is over. It stays counted in its days whatever becomes of the incident: what was
 * closed in January was closed in January.
 */
export interface PastEnding {
  readonly step: (typeof STEP_AFTER)[keyof typeof STEP_AFTER];
  /** As it was when the incident came back. */
  readonly outcome: Outcome | null;
  readonly closedAt: Instant;
  readonly reopenedAt: Instant;
}

/** When an incident was out of work; `reopenedAt` is null while it lasts. */
export interface OutOfWork {
  readonly closedAt: Instant;
  readonly reopenedAt: Instant | null;
}

/** A stretch out of work, and how it had ended. */
export interface Ending extends OutOfWork {
  readonly step: StepName;
  readonly outcome: Outcome | null;
}

/** The facts that endings follow from. */
export interface EndingFacts extends Pick<Ending, 'step' | 'outcome'> {
  readonly endings: readonly PastEnding[];
  readonly closedAt: Instant | null;
}

/** Gives the endings of an incident, oldest first, the one that lasts too. */
export function endingsOf({ endings, closedAt, step, outcome }: EndingFacts): readonly Ending[] {
  if (closedAt === null) return endings;
  const lasting = { step, outcome, closedAt, reopenedAt: null };
  return endings.length === 0 ? [lasting] : [...endings, lasting];
}

/** Tells whether a stretch out of work lasted just before that moment. */
export const isLastingAt = ({ closedAt, reopenedAt }: OutOfWork, at: Instant): boolean =>
  closedAt < at && (reopenedAt === null || reopenedAt >= at);

/** Tells whether the incident was out of work just before that moment. */
export const isOutAt = (row: EndingFacts, at: Instant): boolean =>
  endingsOf(row).some((ending) => isLastingAt(ending, at));

/** Tells whether it was in work or finished then, neither rejected nor merged, whatever it is now. */
export const isTakenAt = (row: EndingFacts, at: Instant): boolean =>
  endingsOf(row).every((ending) => isFinished(ending) || !isLastingAt(ending, at));

/** The stretches for which the incident was finished, oldest first. */
export const closingsOf = (row: EndingFacts): readonly OutOfWork[] => endingsOf(row).filter(isFinished);

const NONE: readonly PastEnding[] = [];

/**
 * Reads off the history the stretches out of work that are over, oldest first. An ending that was taken back
 * on its own day was none; one of an earlier day lasts until it is taken back (decide-undo.ts). A row
 * registered afresh by a newer file has the endings of that file alone. Moments go forward: a turn that a
 * clock set wrong puts before the one it follows happened with that one.
 */
export function pastEndings({ history, createdAt }: Incident): readonly PastEnding[] {
  if (!history.some(isReturn)) return NONE;
  let past: PastEnding[] = [];
  let ending: Pick<PastEnding, 'step' | 'closedAt'> | null = null;
  let [outcome, since]: [Outcome | null, Instant] = [null, createdAt];
  for (const line of history) {
    const step = STEP_AFTER[line.event as keyof typeof STEP_AFTER];
    if (step !== undefined && ending === null) {
      since = Math.max(since, line.at);
      ending = { step, closedAt: since };
    } else if (isReturn(line) && ending !== null) {
      if (line.event !== 'undone' || isOfEarlierDay(line)) {
        since = Math.max(since, line.at);
        past.push({ ...ending, outcome, reopenedAt: since });
      }
      ending = null;
    }
    if (line.event === 'outcome_set') outcome = line.detail['outcome'] as Outcome;
    if (line.event === 'reopened') outcome = null;
    if (line.event === 'registered') [past, ending, outcome, since] = [[], null, null, createdAt];
  }
  return past;
}

/** Lines after which an incident that was out of work is in work again. */
const isReturn = ({ event, detail }: HistoryEntry): boolean =>
  event === 'reopened' ||
  event === 'unmerged' ||
  (event === 'undone' && (detail['act'] === 'rejected' || detail['act'] === 'merged'));

const isOfEarlierDay = ({ detail }: HistoryEntry): boolean => detail['reopens'] === 1;

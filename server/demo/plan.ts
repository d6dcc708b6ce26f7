import type { Actor } from '#shared/domain/actor.ts';
import { addWorkingMinutes, workingMarks } from '#shared/domain/calendar.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { ClosingReason, Incident, Outcome } from '#shared/domain/incident.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import type { StoryOrigin } from './origin.ts';
import { demoCalendar } from './scene.ts';
import type { Theme } from './themes/theme.ts';

/** The turns a story may take; most take none. */
export interface Turns {
  /** The first agency gives it back as not its own. */
  readonly returned: boolean;
  /** The approver sends the first draft back. */
  readonly sentBack: boolean;
  /** The first answer only promises one, so many days ahead; the final one comes in time or not. */
  readonly interim: { readonly days: number; readonly isKept: boolean; readonly isDeferred: boolean } | null;
  /** The author writes that nothing is better, and it begins again. */
  readonly reopened: boolean;
  /** The mark the author gave to the survey, which private messages are sent. */
  readonly grade: number | null;
}

/** No turns: the incident goes straight to its reply. */
export const NO_TURNS: Turns = {
  returned: false,
  sentBack: false,
  interim: null,
  reopened: false,
  grade: null,
};

/** Everything that is fixed about a story before it is told. */
export interface Plan {
  readonly id: string;
  readonly theme: Theme;
  readonly origin: StoryOrigin;
  readonly createdAt: Instant;
  /** Working minutes (marks) to the first reply. */
  readonly replyAfter: Minutes;
  /** Of these, how long that reply waits for approval, and then for publication. */
  readonly approval: { readonly waiting: Minutes; readonly publishing: Minutes };
  readonly outcome: Outcome;
  readonly closing: ClosingReason;
  readonly ending: 'closed' | 'rejected' | 'merged';
  /** The id of the incident a merged one repeats. */
  readonly twin: string | null;
  readonly turns: Turns;
}

/** People who act in the demo region. */
export interface Cast {
  readonly operators: readonly Actor[];
  readonly approver: Actor;
}

/**
 * One command of the story with its moment and its author; one that says what its author sees is made of the
 * incident by then.
 */
export interface Beat {
  readonly at: Instant;
  readonly actor: Actor;
  readonly command: IncidentCommand | ((incident: Incident) => IncidentCommand);
}

/** The moment at which exactly `minutes` marks have passed since `created`, by the registry's own rule. */
export function replyMoment(created: Instant, minutes: Minutes): Instant {
  const guess = addWorkingMinutes(demoCalendar, created, minutes);
  for (const shift of [0, 1, -1, 2, -2, 3]) {
    const at = guess + shift * MS_PER_MINUTE;
    if (workingMarks(demoCalendar, created, at) === minutes) return at;
  }
  throw new Error(`No moment with ${minutes} marks after ${created}`);
}

/**
 * The moment at which so many working minutes of the way to the first reply have passed; never after that
 * reply.
 */
export function momentAfter(plan: Plan, minutes: Minutes): Instant {
  const at = Math.round(addWorkingMinutes(demoCalendar, plan.createdAt, minutes) / 1000) * 1000;
  return minutes < plan.replyAfter ? Math.min(at, replyMoment(plan.createdAt, plan.replyAfter)) : at;
}

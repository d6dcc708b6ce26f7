import { workingSpanOn } from '#shared/domain/calendar.ts';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { PromiseDraft } from '#shared/domain/incident.ts';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import type { DayNumber } from '#shared/domain/time-zone.ts';
import type { Beat, Cast, Plan } from './plan.ts';
import type { Random } from './random.ts';
import { demoCalendar, monthOf } from './scene.ts';
import { repliesIn } from './themes.ts';
import { fittingReply, worded } from './wording.ts';

/** A reply on its way to the reader. */
export interface Round {
  readonly text: string;
  readonly kind: 'final' | 'interim';
  readonly promises: readonly PromiseDraft[];
  readonly drafted: Instant;
  readonly submitted: Instant;
  readonly approved: Instant;
  readonly published: Instant;
}

/** The people of one story, and what they do, one command after another. */
export interface Company {
  readonly plan: Plan;
  readonly cast: Cast;
  readonly operator: Actor;
  /** The resident's words before the place was filled in. */
  readonly question: string;
  readonly random: Random;
}

/** Makes beats of the story's operator. */
export const byOperator =
  ({ operator }: Company) =>
  (at: Instant, command: IncidentCommand): Beat => ({ at, actor: operator, command });

/** Draft, approval, publication. */
export function replyRound(company: Company, round: Round): readonly Beat[] {
  const { text, kind, promises, published } = round;
  const say = byOperator(company);
  const hasMedia = company.random.chance(kind === 'final' ? 0.12 : 0.02);
  return [
    say(round.drafted, { name: 'draftReply', args: { text, kind, promises: [...promises] } }),
    say(round.submitted, { name: 'submitForApproval', args: {} }),
    {
      at: round.approved,
      actor: company.cast.approver,
      command: (incident) => ({ name: 'approve', args: { text, submission: submissionOf(incident) } }),
    },
    say(published, {
      name: 'recordPublication',
      args: { at: published, link: '', account: 'ЦУР ЕАО', hasMedia },
    }),
  ];
}

/** A reply of the theme, with a greeting. */
export function finalText({ plan, question, random }: Company, at: Instant): string {
  const greeting = random.pick(['Здравствуйте!', 'Добрый день!']);
  const reply = fittingReply(question, repliesIn(plan.theme, monthOf(at)), random);
  return `${greeting} ${worded(reply, plan.origin.place, random)}`;
}

/** Draft and approval within the hour before publication. */
export function sameMorning(
  published: Instant,
  random: Random,
): {
  readonly drafted: Instant;
  readonly submitted: Instant;
  readonly approved: Instant;
  readonly published: Instant;
} {
  const approved = published - (1 + random.below(8)) * MS_PER_MINUTE;
  const submitted = approved - (3 + random.below(20)) * MS_PER_MINUTE;
  return { drafted: submitted - (5 + random.below(15)) * MS_PER_MINUTE, submitted, approved, published };
}

/** The first working day not before `day`, with its hours. */
export function workingDayFrom(day: DayNumber): {
  readonly day: DayNumber;
  readonly from: Instant;
  readonly to: Instant;
} {
  for (let candidate = day; ; candidate += 1) {
    const span = workingSpanOn(demoCalendar, candidate);
    if (span !== null) return { day: candidate, ...span };
  }
}

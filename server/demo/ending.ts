import { calendarDayAt } from '#shared/domain/calendar.ts';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Beat } from './plan.ts';
import {
  byOperator,
  finalText,
  replyRound,
  sameMorning,
  workingDayFrom,
  type Company,
} from './reply-round.ts';
import { classify, demoCalendar, routesFor } from './scene.ts';

/** Silent authors are given 97 hours, as in the registry: 96 and the hourly job. */
const SILENCE = 97 * 60 * MS_PER_MINUTE;
const HOUR = 60 * MS_PER_MINUTE;

const THANKS = [
  'Спасибо, сделали!',
  'Спасибо за ответ.',
  'Приехали в тот же день, благодарю.',
  'Всё понятно, спасибо.',
];
const NO_BETTER = [
  'Никто не приезжал, всё как было.',
  'Сделали наполовину и уехали, приезжайте посмотреть.',
  'Через день стало так же. Это не решение.',
];

/**
 * After the final answer: the outcome, the author's word or silence, the survey, the closing; and once in a
 * while all of it again.
 */
export function ending(company: Company, published: Instant): readonly Beat[] {
  const { plan, random } = company;
  if (!plan.turns.reopened) return closing(company, published, 0);
  const say = byOperator(company);
  const written = published + (2 + random.below(40)) * HOUR;
  const { from } = workingDayFrom(calendarDayAt(demoCalendar, written) + 1);
  const at = (minutes: number): Instant => from + minutes * MS_PER_MINUTE;
  const { topic, group } = classify(plan.theme, plan.createdAt);
  const [best] = routesFor(topic, group, plan.origin.place, plan.createdAt);
  const again = at(150 + random.below(240));
  return [
    outcome(company, published),
    say(written, { name: 'receiveMessage', args: { text: random.pick(NO_BETTER), at: written, url: '' } }),
    say(at(10), { name: 'reopen', args: { reason: 'автор пишет, что не сделано' } }),
    say(at(20), { name: 'route', args: { ...must(best, 'a route'), from: '', reason: 'повторно' } }),
    say(at(45), { name: 'takeToWork', args: {} }),
    ...replyRound(company, {
      text: finalText(company, again),
      kind: 'final',
      promises: [],
      ...sameMorning(again, random),
    }),
    ...closing(company, again, 1),
  ];
}

function outcome(company: Company, published: Instant): Beat {
  const { theme, outcome: result } = company.plan;
  const type = theme.solvable ? 'solvable' : 'informational';
  return byOperator(company)(published + 5 * MS_PER_MINUTE, {
    name: 'setOutcome',
    args: { type, outcome: result },
  });
}

function closing(company: Company, published: Instant, seen: number): readonly Beat[] {
  const { plan, random } = company;
  const say = byOperator(company);
  const { grade } = plan.turns;
  const beats = [outcome(company, published)];
  const isAsked = plan.origin.source.kind === 'direct';
  if (isAsked && grade === null)
    beats.push(say(published + HOUR, { name: 'recordSurvey', args: { sent: true, grade: null } }));
  if (plan.closing === 'author_pleased') {
    const at = published + 2 * HOUR;
    beats.push(
      say(at, { name: 'receiveMessage', args: { text: random.pick(THANKS), at, url: '' } }),
      say(at + HOUR, { name: 'close', args: { reason: 'author_pleased', grade, seenMessages: seen + 1 } }),
    );
    return beats;
  }
  const pause = plan.closing === 'author_silent' ? SILENCE : 3 * HOUR;
  beats.push(
    say(published + pause, { name: 'close', args: { reason: plan.closing, grade, seenMessages: seen } }),
  );
  return beats;
}

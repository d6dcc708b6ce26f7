import type { Actor } from '#shared/domain/actor.ts';
import { addWorkingMinutes, workingMarks } from '#shared/domain/calendar.ts';
import type { Command } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { ClosingReason, Incident, Outcome, Place } from '#shared/domain/incident.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import { uuidAt, type Random } from './random.ts';
import {
  classify,
  demoCalendar,
  demoPolicies,
  inventName,
  inventPlace,
  inventSource,
  placePhrase,
  routesFor,
} from './scene.ts';
import type { Theme } from './themes.ts';

/** One command of the story with its moment and its author. */
export interface Beat {
  readonly at: Instant;
  readonly actor: Actor;
  readonly command: Command;
}

/** What is decided about an incident before it is told. */
export interface Plan {
  readonly theme: Theme;
  readonly town: string;
  readonly createdAt: Instant;
  /** Working minutes (marks) to the first reply; null when it never comes. */
  readonly replyAfter: Minutes | null;
  readonly outcome: Outcome;
  readonly closing: ClosingReason;
  readonly ending: 'closed' | 'rejected' | 'merged';
  readonly mergeInto: string | null;
  readonly returnsOnce: boolean;
}

/** Who acts in the demo. */
export interface Cast {
  readonly operators: readonly Actor[];
  readonly approver: Actor;
}

export interface Told {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
}

/** Silent authors are given 97 hours, as in the registry: 96 and the hourly job. */
const SILENCE = 97 * 60 * MS_PER_MINUTE;

/** Tells the story up to `until` through the same decider the product uses; later beats have not happened yet. */
export function tell(
  plan: Plan,
  cast: Cast,
  number: number,
  until: Instant,
  random: Random,
  target: Incident | null,
): Told | null {
  const id = uuidAt(plan.createdAt, random);
  let incident: Incident | null = null;
  const events: IncidentEvent[] = [];
  for (const beat of beatsOf(plan, cast, random)) {
    if (beat.at > until) break;
    const decision = decide(id, incident, beat.command, {
      actor: beat.actor,
      at: beat.at,
      calendar: demoCalendar,
      policies: demoPolicies,
      hasAgency: () => true,
      nextNumber: number,
      target,
    });
    if (!decision.ok) throw new Error(`Demo: ${beat.command.name} refused: ${decision.refusal.kind}`);
    if (decision.events.length === 0) continue;
    incident = evolveAll(id, incident, decision.events);
    events.push(...decision.events);
  }
  return incident === null ? null : { incident, events };
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

function beatsOf(plan: Plan, cast: Cast, random: Random): readonly Beat[] {
  const operator = random.pick(cast.operators);
  const place = inventPlace(plan.town, plan.theme, random);
  const first: Beat[] = opening(plan, place, operator, random);
  const beat = (at: Instant, command: Command, actor = operator): Beat => ({ at, actor, command });
  const triaged = moment(plan, 0.12);
  if (plan.ending === 'rejected') {
    const reason = random.chance(0.5) ? 'not_a_request' : 'insult';
    return [...first, beat(triaged, { name: 'reject', args: { reason, comment: '' } })];
  }
  if (plan.ending === 'merged' && plan.mergeInto !== null)
    return [...first, beat(triaged, { name: 'merge', args: { into: plan.mergeInto } })];
  return [...first, ...answering(plan, place, cast, operator, random), ...ending(plan, operator)];
}

/** Moment at which a fraction of the working time to the first reply has passed. */
function moment(plan: Plan, fraction: number): Instant {
  const minutes = plan.replyAfter ?? 240;
  return Math.round(addWorkingMinutes(demoCalendar, plan.createdAt, minutes * fraction) / 1000) * 1000;
}

function opening(plan: Plan, place: Place, operator: Actor, random: Random): Beat[] {
  const { theme, createdAt } = plan;
  const text = random
    .pick(theme.texts)
    .replaceAll('{place}', placePhrase(place))
    .replaceAll('{n}', String(2 + random.below(4)));
  const { topic, group } = classify(theme, createdAt);
  const nowhere: Place = { municipality: '', settlement: '', street: '', house: '', object: '' };
  const at = moment(plan, 0.06);
  const beats: Beat[] = [
    {
      at: createdAt,
      actor: operator,
      command: {
        name: 'register',
        args: {
          region: 'eao',
          createdAt,
          text,
          source: inventSource(random),
          author: { name: inventName(random), url: '' },
        },
      },
    },
    { at, actor: operator, command: { name: 'classify', args: { group, topic, from: '' } } },
    { at, actor: operator, command: { name: 'place', args: { place, from: nowhere } } },
  ];
  if (theme.high === true && random.chance(0.35)) {
    beats.push({
      at,
      actor: operator,
      command: { name: 'setImportance', args: { importance: 'high', reason: 'угроза здоровью' } },
    });
  }
  return beats;
}

function answering(plan: Plan, place: Place, cast: Cast, operator: Actor, random: Random): Beat[] {
  const { topic, group } = classify(plan.theme, plan.createdAt);
  const [best, second] = routesFor(topic, group, place, plan.createdAt);
  if (best === undefined) throw new Error(`No route for «${topic}» in ${place.municipality}`);
  const beat = (at: Instant, command: Command, actor = operator): Beat => ({ at, actor, command });
  const route = (to: { agency: string; unit: string }, from: string): Command => ({
    name: 'route',
    args: { ...to, from, reason: '' },
  });
  const beats: Beat[] = [];
  if (plan.returnsOnce && second !== undefined) {
    beats.push(beat(moment(plan, 0.12), route(second, '')));
    beats.push(
      beat(moment(plan, 0.2), {
        name: 'returnToCentre',
        args: { reason: 'вопрос не нашего ведомства', target: best.agency },
      }),
    );
  }
  beats.push(
    beat(moment(plan, 0.25), route(best, '')),
    beat(moment(plan, 0.4), { name: 'takeToWork', args: {} }),
  );
  if (plan.replyAfter === null) return beats;
  const published = replyMoment(plan.createdAt, plan.replyAfter);
  const text = `${random.pick(['Здравствуйте!', 'Добрый день!'])} ${random.pick(plan.theme.replies).replaceAll('{place}', placePhrase(place))}`;
  beats.push(
    beat(moment(plan, 0.75), { name: 'draftReply', args: { text, kind: 'final', promises: [] } }),
    beat(moment(plan, 0.8), { name: 'submitForApproval', args: {} }),
    beat(moment(plan, 0.92), { name: 'approve', args: { text } }, cast.approver),
    beat(published, {
      name: 'recordPublication',
      args: { at: published, link: '', account: 'ЦУР ЕАО', hasMedia: random.chance(0.08) },
    }),
  );
  return beats;
}

function ending(plan: Plan, operator: Actor): Beat[] {
  if (plan.replyAfter === null) return [];
  const published = replyMoment(plan.createdAt, plan.replyAfter);
  const type = plan.theme.solvable ? 'solvable' : 'informational';
  const pause = plan.closing === 'author_silent' ? SILENCE : 3 * 60 * MS_PER_MINUTE;
  return [
    {
      at: published + 5 * MS_PER_MINUTE,
      actor: operator,
      command: { name: 'setOutcome', args: { type, outcome: plan.outcome } },
    },
    {
      at: published + pause,
      actor: operator,
      command: { name: 'close', args: { reason: plan.closing, grade: null, seenMessages: 0 } },
    },
  ];
}

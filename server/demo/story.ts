import type { IncidentCommand } from '#shared/domain/command.ts';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { answering } from './answering.ts';
import { merging, opening, rejecting } from './opening.ts';
import type { Beat, Cast, Plan } from './plan.ts';
import type { Random } from './random.ts';
import { DEMO_SETTINGS } from './scene.ts';

/** An incident of the demo region with the events that made it. */
export interface Story {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
}

/**
 * Tells the story up to `until` through the same decider the product uses; later beats have not happened yet.
 */
export function tellStory(
  plan: Plan,
  cast: Cast,
  number: number,
  until: Instant,
  random: Random,
  target: Incident | null,
): Story | null {
  const { id } = plan;
  let incident: Incident | null = null;
  const events: IncidentEvent[] = [];
  for (const beat of beatsOf(plan, cast, random, target)) {
    if (beat.at > until) break;
    const command: IncidentCommand =
      typeof beat.command === 'function'
        ? beat.command(must(incident, 'a story begins with its registration'))
        : beat.command;
    const occasion = { actor: beat.actor, at: beat.at, command: null, number, target };
    const decision = decide(id, incident, command, makeDecideContext(DEMO_SETTINGS, occasion));
    if (!decision.ok) throw new Error(`Demo: ${command.name} refused: ${decision.refusal.kind}`);
    if (decision.events.length === 0) continue;
    incident = evolveAll(id, incident, decision.events);
    events.push(...decision.events);
  }
  return incident === null ? null : { incident, events };
}

function beatsOf(plan: Plan, cast: Cast, random: Random, target: Incident | null): readonly Beat[] {
  const operator = random.pick(cast.operators);
  const first = opening(plan, operator, random);
  if (plan.ending === 'rejected') return [...first.beats, ...rejecting(plan, operator, first.rejected)];
  if (plan.ending === 'merged' && target !== null)
    return [...first.beats, ...merging(plan, operator, target)];
  return [...first.beats, ...answering({ plan, cast, operator, question: first.question, random })];
}

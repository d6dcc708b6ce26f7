import type { EventBody, IncidentEvent } from '#shared/domain/event.ts';
import { evolve } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { IMPORT_ACTOR } from './context.ts';

/**
 * Collects the events of one imported row and folds them as they come, so that each may look at what the ones
 * before made.
 */
export interface IncidentBuilder {
  readonly events: readonly IncidentEvent[];
  /** Throws before the first event. */
  now(): Incident;
  push(at: Instant, body: EventBody): void;
}

/** Begins an incident, or a new life of `before`. */
export function buildIncident(id: string, before: Incident | null): IncidentBuilder {
  const events: IncidentEvent[] = [];
  let incident = before;
  return {
    events,
    now: () => must(incident, 'an incident being built'),
    push: (at, body) => {
      const event: IncidentEvent = { ...body, at, by: IMPORT_ACTOR };
      events.push(event);
      incident = evolve(id, incident, event);
    },
  };
}

import type { EventName, IncidentEvent } from './event.ts';
import type { Incident } from './incident.ts';

/** Changes an incident by one kind of event. */
export type Fold<N extends EventName> = (
  incident: Incident,
  event: Extract<IncidentEvent, { name: N }>,
) => Incident;

/** Folds for a set of events, by name; the compiler asks for each. */
export type Folds<N extends EventName> = { readonly [K in N]: Fold<K> };

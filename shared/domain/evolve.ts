import type { EventName, IncidentEvent } from './event.ts';
import { detailFolds } from './evolve-details.ts';
import { moveFolds } from './evolve-moves.ts';
import { replyFolds } from './evolve-reply.ts';
import type { Fold, Folds } from './fold.ts';
import { historyOf } from './history.ts';
import { NO_PLACE, type Incident } from './incident.ts';
import { must } from './must.ts';
import { undoableAfter, undoFolds, withUndoable } from './undo.ts';

const FOLDS: Folds<Exclude<EventName, 'registered'>> = {
  ...detailFolds,
  ...moveFolds,
  ...replyFolds,
  ...undoFolds,
};

/** Events a person does not read as lines of history: they follow from the line before. */
const SILENT: ReadonlySet<EventName> = new Set(['due_set', 'imported']);

/**
 * The state after one more event: `evolve(incident, event) -> incident`. Pure and total: an event that is
 * stored was legal when it was decided, so nothing is checked here but that the incident exists.
 */
export function evolve(id: string, incident: Incident | null, event: IncidentEvent): Incident {
  const next =
    event.name === 'registered'
      ? register(id, incident, event)
      : (FOLDS[event.name] as Fold<typeof event.name>)(
          must(incident, `${event.name} before registered`),
          event as never,
        );
  const after: Incident = {
    ...next,
    version: (incident?.version ?? 0) + 1,
    history: SILENT.has(event.name) ? next.history : [...next.history, historyOf(event)],
  };
  // Nothing of most events or rows may be taken back, and there are many of both.
  if (event.command === undefined && incident?.undoable === undefined) return after;
  return withUndoable(after, undoableAfter(incident, after, event));
}

/** Folds a list of events over a state. */
export function evolveAll(id: string, incident: Incident | null, events: readonly IncidentEvent[]): Incident {
  return must(
    events.reduce<Incident | null>((state, event) => evolve(id, state, event), incident),
    'no events and no incident',
  );
}

/**
 * A registration on an existing incident starts it afresh: the registry's newer row replaces the older one,
 * notes stay.
 */
function register(
  id: string,
  before: Incident | null,
  {
    name: _name,
    by: _by,
    command: _command,
    at,
    ...registration
  }: Extract<IncidentEvent, { name: 'registered' }>,
): Incident {
  return {
    ...registration,
    id,
    version: 0,
    createdAt: at,
    classification: null,
    type: null,
    place: NO_PLACE,
    importance: 'ordinary',
    step: { name: 'new', since: at },
    holder: null,
    assignments: [],
    replies: [],
    messages: [],
    outcome: null,
    closing: null,
    survey: null,
    satisfactionAt: null,
    notes: before?.notes ?? [],
    tags: before?.tags ?? [],
    promises: [],
    due: null,
    imported: null,
    history: before?.history ?? [],
  };
}

import { applyReplyEvent, isReplyEvent } from './evolve-reply.ts';
import type { IncidentEvent } from './event.ts';
import { historyOf } from './history.ts';
import type { Assignment, Incident } from './incident.ts';
import { assertNever, must } from './must.ts';

const NOWHERE = { municipality: '', settlement: '', street: '', house: '', object: '' } as const;

/**
 * The state after one more event: `evolve(incident, event) -> incident`. Pure and total: an event that is stored was
 * legal when it was decided, so nothing is checked here but that the incident exists.
 */
export function evolve(id: string, incident: Incident | null, event: IncidentEvent): Incident {
  const next =
    event.name === 'registered'
      ? register(id, incident, event)
      : apply(must(incident, `${event.name} before registered`), event);
  return {
    ...next,
    version: (incident?.version ?? 0) + 1,
    history:
      event.name === 'due_set' || event.name === 'imported'
        ? next.history
        : [...next.history, historyOf(event)],
  };
}

/** Folds a list of events over a state. */
export function evolveAll(id: string, incident: Incident | null, events: readonly IncidentEvent[]): Incident {
  return must(
    events.reduce<Incident | null>((state, event) => evolve(id, state, event), incident),
    'no events and no incident',
  );
}

/** A registration on an existing incident starts it afresh: the registry's newer row replaces the older one, notes stay. */
function register(
  id: string,
  before: Incident | null,
  event: IncidentEvent & { name: 'registered' },
): Incident {
  return {
    id,
    region: event.region,
    number: event.number,
    externalId: event.externalId,
    version: 0,
    createdAt: event.at,
    source: event.source,
    author: event.author,
    text: event.text,
    classification: null,
    type: null,
    place: NOWHERE,
    importance: 'ordinary',
    step: { name: 'new', since: event.at },
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

type Rest = Exclude<IncidentEvent, { name: 'registered' }>;

function apply(incident: Incident, event: Rest): Incident {
  return isReplyEvent(event)
    ? applyReplyEvent(incident, event)
    : isMoveEvent(event)
      ? applyMove(incident, event)
      : applyFact(incident, event);
}

const MOVES = [
  'routed',
  'taken_to_work',
  'returned_to_centre',
  'deferred',
  'closed',
  'reopened',
  'rejected',
  'merged',
  'unmerged',
] as const;
type Move = Extract<Rest, { name: (typeof MOVES)[number] }>;
const isMoveEvent = (event: Rest): event is Move => (MOVES as readonly string[]).includes(event.name);

/** Events that carry the incident from one step to another. */
function applyMove(incident: Incident, event: Move): Incident {
  const since = event.at;
  switch (event.name) {
    case 'routed': {
      const assignment: Assignment = {
        agency: event.agency,
        unit: event.unit,
        at: event.at,
        by: event.by,
        takenAt: null,
        endedAt: null,
        returned: null,
      };
      return {
        ...incident,
        step: { name: 'assigned', since },
        assignments: [...endAssignment(incident, since, null), assignment],
      };
    }
    case 'taken_to_work':
      return {
        ...incident,
        step: { name: 'in_progress', since },
        assignments: takeAssignment(incident, since),
      };
    case 'returned_to_centre': {
      const from = incident.assignments.at(-1)?.agency ?? '';
      return {
        ...incident,
        step: { name: 'returned', since, from, target: event.target, reason: event.reason },
        assignments: endAssignment(incident, since, event.reason),
      };
    }
    case 'deferred':
      return { ...incident, step: { name: 'deferred', since, until: event.until, reason: event.reason } };
    case 'closed':
      return {
        ...incident,
        step: { name: 'done', since },
        holder: null,
        closing: { reason: event.reason, at: event.at },
      };
    case 'reopened':
      return {
        ...incident,
        step: { name: 'reopened', since, reason: event.reason },
        closing: null,
        outcome: null,
        satisfactionAt: null,
        assignments: endAssignment(incident, since, null),
      };
    case 'rejected':
      return {
        ...incident,
        step: { name: 'rejected', since, reason: event.reason, comment: event.comment },
        holder: null,
      };
    case 'merged':
      return {
        ...incident,
        step: { name: 'merged', since, into: event.into, before: incident.step },
        holder: null,
      };
    case 'unmerged':
      return { ...incident, step: incident.step.name === 'merged' ? incident.step.before : incident.step };
    default:
      return assertNever(event);
  }
}

type Fact = Exclude<Rest, Move | Parameters<typeof applyReplyEvent>[1]>;

/** Events that change what is known without moving the incident. */
function applyFact(incident: Incident, event: Fact): Incident {
  switch (event.name) {
    case 'classified':
      return { ...incident, classification: { group: event.group, topic: event.topic } };
    case 'typed':
      return { ...incident, type: event.type };
    case 'placed':
      return { ...incident, place: event.place };
    case 'importance_set':
      return { ...incident, importance: event.importance };
    case 'claimed':
      return { ...incident, holder: event.holder };
    case 'released':
      return { ...incident, holder: null };
    case 'message_received':
      return {
        ...incident,
        messages: [...incident.messages, { text: event.text, at: event.at, url: event.url }],
      };
    case 'outcome_set':
      return { ...incident, outcome: event.outcome };
    case 'noted':
      return { ...incident, notes: [...incident.notes, { text: event.text, at: event.at, by: event.by }] };
    case 'tagged': {
      const kept = incident.tags.filter((tag) => !event.remove.includes(tag) && !event.add.includes(tag));
      return { ...incident, tags: [...kept, ...event.add] };
    }
    case 'survey_recorded':
      return { ...incident, survey: { sent: event.sent, grade: event.grade } };
    case 'promise_edited': {
      const { promise: id, due, state } = event;
      return {
        ...incident,
        promises: incident.promises.map((promise) =>
          promise.id === id ? { ...promise, due, state } : promise,
        ),
      };
    }
    case 'due_set':
      return { ...incident, due: event.due };
    case 'imported':
      return { ...incident, imported: { ...event.row, version: incident.version + 1 } };
    default:
      return assertNever(event);
  }
}

function endAssignment(incident: Incident, at: number, returned: string | null): readonly Assignment[] {
  return incident.assignments.map((one) => (one.endedAt === null ? { ...one, endedAt: at, returned } : one));
}

function takeAssignment(incident: Incident, at: number): readonly Assignment[] {
  return incident.assignments.map((one) =>
    one.endedAt === null ? { ...one, takenAt: one.takenAt ?? at } : one,
  );
}

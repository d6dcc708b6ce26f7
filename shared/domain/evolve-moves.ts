import type { Folds } from './fold.ts';
import type { Assignment, Incident } from './incident.ts';
import type { Instant } from './instant.ts';

type Move =
  | 'routed'
  | 'taken_to_work'
  | 'returned_to_centre'
  | 'satisfaction_reached'
  | 'deferred'
  | 'closed'
  | 'reopened'
  | 'rejected'
  | 'merged'
  | 'unmerged';

/** Events that carry the incident from one step to another. */
export const moveFolds: Folds<Move> = {
  routed: (incident, { at, by, agency, unit }) => ({
    ...incident,
    step: { name: 'assigned', since: at },
    assignments: [
      ...endAssignment(incident, at, null),
      { agency, unit, at, by, takenAt: null, endedAt: null, returned: null },
    ],
  }),
  taken_to_work: (incident, { at }) => ({
    ...incident,
    step: { name: 'in_progress', since: at },
    assignments: takeAssignment(incident, at),
  }),
  returned_to_centre: (incident, { at, target, reason }) => ({
    ...incident,
    step: { name: 'returned', since: at, from: incident.assignments.at(-1)?.agency ?? '', target, reason },
    assignments: endAssignment(incident, at, reason),
  }),
  satisfaction_reached: (incident, { at }) => ({
    ...incident,
    step: { name: 'satisfaction', since: at },
    satisfactionAt: at,
  }),
  deferred: (incident, { at, until, reason }) => ({
    ...incident,
    step: { name: 'deferred', since: at, until, reason },
  }),
  closed: (incident, { at, reason }) => ({
    ...incident,
    step: { name: 'done', since: at },
    holder: null,
    closing: { reason, at },
  }),
  reopened: (incident, { at, reason }) => ({
    ...incident,
    step: { name: 'reopened', since: at, reason },
    closing: null,
    outcome: null,
    satisfactionAt: null,
    assignments: endAssignment(incident, at, null),
  }),
  rejected: (incident, { at, reason, comment }) => ({
    ...incident,
    step: { name: 'rejected', since: at, reason, comment },
    holder: null,
  }),
  merged: (incident, { at, into }) => ({
    ...incident,
    step: { name: 'merged', since: at, into, before: incident.step },
    holder: null,
  }),
  unmerged: (incident) => ({
    ...incident,
    step: incident.step.name === 'merged' ? incident.step.before : incident.step,
  }),
};

const endAssignment = (incident: Incident, at: Instant, returned: string | null): readonly Assignment[] =>
  incident.assignments.map((assignment) =>
    assignment.endedAt === null ? { ...assignment, endedAt: at, returned } : assignment,
  );

const takeAssignment = (incident: Incident, at: Instant): readonly Assignment[] =>
  incident.assignments.map((assignment) =>
    assignment.endedAt === null ? { ...assignment, takenAt: assignment.takenAt ?? at } : assignment,
  );

import { withAttachments } from './attachment.ts';
import type { Folds } from './fold.ts';
import type { Incident, PromiseControl } from './incident.ts';
import type { Instant } from './instant.ts';

type Detail =
  | 'classified'
  | 'typed'
  | 'placed'
  | 'importance_set'
  | 'importance_ruled'
  | 'claimed'
  | 'released'
  | 'message_received'
  | 'source_changed'
  | 'outcome_set'
  | 'noted'
  | 'tagged'
  | 'survey_recorded'
  | 'promise_edited'
  | 'promise_moved'
  | 'due_set'
  | 'imported';

/** The incident without a rule that had given its importance: somebody or another rule does now. */
function withoutRule(incident: Incident): Incident {
  const { ruled: _, ...rest } = incident;
  return rest;
}

/** The promise for a moment; one that is moved is named by that moment, not as exactly as it was before. */
function onMoment(promise: PromiseControl, due: Instant): PromiseControl {
  if (promise.due === due) return promise;
  const { precision: _, ...rest } = promise;
  return { ...rest, due };
}

/** Events that change what is known without moving the incident. */
export const detailFolds: Folds<Detail> = {
  classified: (incident, { group, topic }) => ({ ...incident, classification: { group, topic } }),
  typed: (incident, { type }) => ({ ...incident, type }),
  placed: (incident, { place }) => ({ ...incident, place }),
  importance_set: (incident, { importance }) => ({ ...withoutRule(incident), importance }),
  importance_ruled: (incident, { importance, ruled }) => ({
    ...withoutRule(incident),
    importance,
    ...(ruled === null ? {} : { ruled }),
  }),
  claimed: (incident, { holder }) => ({ ...incident, holder }),
  released: (incident) => ({ ...incident, holder: null }),
  message_received: (incident, { name: _name, by: _by, command: _command, ...message }) => ({
    ...incident,
    messages: [...incident.messages, message],
  }),
  source_changed: (incident, { message, at, text }) => ({
    ...incident,
    sourceChanges: [...(incident.sourceChanges ?? []), { message, at, text }],
  }),
  outcome_set: (incident, { outcome }) => ({ ...incident, outcome }),
  noted: (incident, { text, at, by, attachments }) => ({
    ...incident,
    notes: [...incident.notes, { text, at, by, ...withAttachments(attachments) }],
  }),
  tagged: (incident, { add, remove }) => {
    const kept = incident.tags.filter((tag) => !remove.includes(tag) && !add.includes(tag));
    return { ...incident, tags: [...kept, ...add] };
  },
  survey_recorded: (incident, { sent, grade }) => ({ ...incident, survey: { sent, grade } }),
  promise_edited: (incident, { promise: id, due, state }) => ({
    ...incident,
    promises: incident.promises.map((promise) =>
      promise.id === id ? { ...onMoment(promise, due), state } : promise,
    ),
  }),
  promise_moved: (incident, { promise: id, due, precision }) => ({
    ...incident,
    promises: incident.promises.map((promise) =>
      promise.id === id ? { ...promise, due, precision } : promise,
    ),
  }),
  due_set: (incident, { due }) => ({ ...incident, due }),
  imported: (incident, { row }) => ({ ...incident, imported: { ...row, version: incident.version + 1 } }),
};

import { withAttachments } from './attachment.ts';
import { claimantAt } from './claim.ts';
import type { EventBody } from './event.ts';
import { textAtSource, type Incident, type Message, type Place } from './incident.ts';
import type { Rule } from './rule.ts';
import type { StepName } from './step.ts';

/**
 * Steps in which what is known about an incident may still be corrected (a closed one too: reports are read
 * later).
 */
const CORRECTABLE: readonly StepName[] = [
  'new',
  'returned',
  'reopened',
  'assigned',
  'in_progress',
  'approval',
  'publishing',
  'satisfaction',
  'done',
  'deferred',
];

const PLACE_FIELDS = [
  'municipality',
  'settlement',
  'street',
  'house',
  'object',
] as const satisfies readonly (keyof Place)[];

/** Commands that say what the message is, where, how urgent, and who looks at it. */
export const detailCommands = {
  classify: {
    steps: CORRECTABLE,
    rule: (incident, { group, topic, from }) => {
      const current = incident.classification;
      if (current?.topic === topic && current.group === group) return [];
      if ((current?.topic ?? '') !== from)
        return { kind: 'changed_meanwhile', field: 'topic', current: current?.topic ?? '' };
      return [{ name: 'classified', group, topic }];
    },
  } satisfies Rule<'classify'>,

  place: {
    steps: CORRECTABLE,
    rule: (incident, { place, from }) => mergePlace(incident, place, from),
  } satisfies Rule<'place'>,

  setImportance: {
    steps: CORRECTABLE,
    // What a rule gave is nobody's choice yet, and a person who says the same makes it one.
    rule: (incident, { importance, reason }) =>
      incident.importance === importance && incident.ruled === undefined
        ? []
        : [{ name: 'importance_set', importance, reason }],
  } satisfies Rule<'setImportance'>,

  claim: {
    steps: CORRECTABLE,
    rule: (incident, _args, { actor, at, regulation }) => {
      if (incident.holder === actor.id) return [];
      const claimant = claimantAt(incident, at, regulation);
      if (claimant !== null) return { kind: 'already_claimed', by: claimant };
      return [{ name: 'claimed', holder: actor.id }];
    },
  } satisfies Rule<'claim'>,

  release: {
    steps: 'any',
    rule: ({ holder }, _args, { actor }) => {
      if (holder === null) return [];
      if (holder !== actor.id && actor.role !== 'administrator') return { kind: 'not_holder' };
      return [{ name: 'released' }];
    },
  } satisfies Rule<'release'>,

  /** Notes and messages are append-only: two people's both stay, whatever the step. */
  note: {
    steps: 'any',
    rule: (_incident, { text, attachments }) => [{ name: 'noted', text, ...withAttachments(attachments) }],
  } satisfies Rule<'note'>,

  receiveMessage: {
    steps: 'any',
    rule: (incident, { text, at, url, author, media, attachments }, context) => {
      if (at > context.at) return { kind: 'date_in_future' };
      if (incident.messages.some((message) => message.at === at && message.text === text)) return [];
      const from = author === undefined ? {} : { author };
      const shown = media === undefined || media.length === 0 ? {} : { media };
      const added = { ...shown, ...withAttachments(attachments) };
      return { bodies: [{ name: 'message_received', text, url, ...from, ...added }], merged: [], at };
    },
  } satisfies Rule<'receiveMessage'>,

  changeSource: {
    steps: 'any',
    rule: (incident, { said: messageAt, url, text, at }, context) => {
      if (at > context.at) return { kind: 'date_in_future' };
      const isMeant = (message: Message): boolean =>
        message.at === messageAt && (url === '' || message.url === url);
      // Not among the later messages: then it is the first one.
      const message = 1 + incident.messages.findIndex(isMeant);
      if (textAtSource(incident, message) === text) return [];
      return { bodies: [{ name: 'source_changed', message, text }], merged: [], at };
    },
  } satisfies Rule<'changeSource'>,

  /** Tags merge as sets: what is already there is not added, what is gone is not removed. */
  tag: {
    steps: 'any',
    rule: ({ tags }, args) => {
      const add = [...new Set(args.add)].filter((tag) => !tags.includes(tag));
      const remove = [...new Set(args.remove)].filter((tag) => tags.includes(tag) && !args.add.includes(tag));
      return add.length + remove.length === 0 ? [] : [{ name: 'tagged', add, remove }];
    },
  } satisfies Rule<'tag'>,
};

/**
 * Three-way by field: an untouched field keeps what others wrote, a touched one takes this value and says so
 * when it overwrote.
 */
function mergePlace(
  incident: Incident,
  place: Place,
  from: Place,
): { bodies: readonly EventBody[]; merged: readonly string[] } {
  const now = incident.place;
  const touched = PLACE_FIELDS.filter((field) => place[field] !== from[field] && place[field] !== now[field]);
  if (touched.length === 0) return { bodies: [], merged: [] };
  const next = { ...now, ...Object.fromEntries(touched.map((field) => [field, place[field]])) };
  const merged = touched.filter((field) => now[field] !== from[field]).map((field) => `place.${field}`);
  return { bodies: [{ name: 'placed', place: next }], merged };
}

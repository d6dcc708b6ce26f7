import {
  CLOSING_REASONS,
  firstPublished,
  IMPORTANCES,
  INCIDENT_TYPES,
  MESSAGE_KINDS,
  NETWORKS,
  OUTCOMES,
  type HistoryEntry,
  type Incident,
  type PromiseState,
  type Reply,
} from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { authorKey, placeKey } from '#shared/domain/likeness.ts';
import { REJECT_REASONS, STEP_NAMES } from '#shared/domain/step.ts';
import { pastEndings } from './endings.ts';
import { enteredLater } from './entered-later.ts';
import { fact, inColumn } from './fact-kinds.ts';
import { countOf } from './statistics.ts';

/**
 * The facts of an incident: what a summary needs to know of it, as it follows from the incident alone. The
 * console's columns and getters, what PostgreSQL stores and the type of a row follow from this table. Values
 * are stored in its order, in the console's columns kind by kind; whoever changes it raises
 * `incidentCodec.version` and empties the stored facts in a migration.
 */
export const FACTS = {
  number: fact.number((incident) => incident.number),
  createdAt: fact.instant((incident) => incident.createdAt),
  step: fact.choice(STEP_NAMES, ({ step }) => step.name),
  group: fact.word(({ classification }) => classification?.group ?? ''),
  topic: fact.word(({ classification }) => classification?.topic ?? ''),
  municipality: fact.word(({ place }) => place.municipality),
  network: fact.choice(NETWORKS, ({ source }) => source.network),
  kind: fact.choice(MESSAGE_KINDS, ({ source }) => source.kind),
  importance: fact.choice(IMPORTANCES, (incident) => incident.importance),
  /**
   * Agency that published the first answer; before that, the one that holds the incident; '' when none ever
   * did. The column `agency` says who has the incident now.
   */
  agency: inColumn('answerer', fact.word(answererOf)),
  type: fact.optionalChoice(INCIDENT_TYPES, (incident) => incident.type),
  outcome: fact.optionalChoice(OUTCOMES, (incident) => incident.outcome),
  closing: fact.optionalChoice(CLOSING_REASONS, ({ closing }) => closing?.reason ?? null),
  /**
   * Since when it is out of work; never before it came or came back, whatever a clock set wrong at the source
   * says.
   */
  closedAt: fact.instant(closedAtOf),
  /** When it had left work before, and come back. */
  endings: fact.endings(pastEndings),
  /** When acts were entered that had happened before. */
  enteredLater: fact.moments(enteredLater),
  rejectReason: fact.optionalChoice(REJECT_REASONS, ({ step }) =>
    step.name === 'rejected' ? step.reason : null,
  ),
  surveySent: fact.flag(({ survey }) => survey?.sent ?? false),
  grade: fact.grade(({ survey }) => survey?.grade ?? null),
  firstReplyAt: fact.instant((incident) => firstPublished(incident)?.publishedAt ?? null),
  /** True when the first answer only promised another one. */
  firstReplyInterim: fact.flag((incident) => firstPublished(incident)?.kind === 'interim'),
  finalReplyAt: fact.instant(finalReplyAtOf),
  /** How many times an agency gave the incident back, and a person opened it again. */
  returns: fact.count(({ assignments }) => countOf(assignments, ({ returned }) => returned !== null)),
  reopened: fact.count(({ history }) => countOf(history, isReopening)),
  /** How many times it was put off. */
  deferred: fact.count(({ history }) => countOf(history, isDeferral)),
  /** Replies that were approved, and how long they waited for it together, ms. */
  approvals: fact.count(({ replies }) => countOf(replies, (reply) => approvalMsOf(reply) !== null)),
  approvalMs: fact.duration(({ replies }) =>
    replies.reduce((sum, reply) => sum + (approvalMsOf(reply) ?? 0), 0),
  ),
  /** Replies that were approved by those who wrote them. */
  ownApprovals: fact.count(({ history }) => countOf(history, isOwnApproval)),
  /** Warnings of the checker with which replies were sent for approval nevertheless. */
  overlooked: fact.count(({ history }) => history.reduce((sum, line) => sum + warningsOf(line), 0)),
  /** The template that the last reply of all that were begun with one was begun with; '' for none. */
  template: fact.word(({ replies }) => replies.findLast(wasBegunWith)?.template ?? ''),
  promisesKept: fact.count(promisesThatAre('kept')),
  promisesBroken: fact.count(promisesThatAre('broken')),
  promisesOpen: fact.count(promisesThatAre('open')),
  /** How many times a promise was moved to another moment. */
  promisesMoved: fact.count(({ history }) => countOf(history, isMove)),
  /** Equal for one author and for one address; 0 says nothing (shared/domain/likeness.ts). */
  authorKey: fact.key(({ author }) => authorKey(author)),
  placeKey: fact.key(({ place }) => placeKey(place)),
};

export type FactName = keyof typeof FACTS;

/** In the order in which values are stored. */
export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

function answererOf(incident: Incident): string {
  return firstPublished(incident)?.agency ?? incident.assignments.at(-1)?.agency ?? '';
}

/** An import may say that it was closed before it came; counted so, no period would balance. */
function closedAtOf(incident: Incident): Instant | null {
  const { step, closing, createdAt } = incident;
  const isOut = step.name === 'rejected' || step.name === 'merged';
  const at = isOut ? step.since : (closing?.at ?? null);
  return at === null ? null : Math.max(at, createdAt, pastEndings(incident).at(-1)?.reopenedAt ?? createdAt);
}

function finalReplyAtOf({ replies }: Incident): Instant | null {
  let first: Instant | null = null;
  for (const { kind, publishedAt } of replies)
    if (kind === 'final' && publishedAt !== null) first = Math.min(first ?? Infinity, publishedAt);
  return first;
}

const isDeferral = ({ event, undone }: HistoryEntry): boolean => event === 'deferred' && undone !== true;

const isMove = ({ event, undone }: HistoryEntry): boolean => event === 'promise_moved' && undone !== true;

const isOwnApproval = ({ event, detail }: HistoryEntry): boolean =>
  event === 'reply_approved' && detail['own'] === 1;

const warningsOf = ({ event, detail, undone }: HistoryEntry): number =>
  event === 'reply_submitted' && undone !== true ? Number(detail['warnings'] ?? 0) : 0;

const wasBegunWith = ({ template }: Reply): boolean => template !== undefined;

/** An ending of an earlier day that was taken back is a reopening: in that day it had been counted. */
const isReopening = ({ event, undone, detail }: HistoryEntry): boolean =>
  undone !== true && (event === 'reopened' || (event === 'undone' && detail['reopens'] === 1));

/** How long a reply waited to be approved, ms; null when it was not. */
const approvalMsOf = ({ submittedAt, approvedAt }: Reply): number | null =>
  submittedAt === null || approvedAt === null ? null : approvedAt - submittedAt;

function promisesThatAre(state: PromiseState): (incident: Incident) => number {
  return ({ promises }) => countOf(promises, (promise) => promise.state === state);
}

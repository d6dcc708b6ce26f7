import type { ArgsOf, IncidentCommand, IncidentCommandName } from './command.ts';
import type { EventName } from './event.ts';
import { currentAssignment, openReply, type HistoryEntry, type Incident, type Reply } from './incident.ts';
import type { Refusal } from './refusal.ts';
import { submissionOf } from './submission.ts';
import { stableHash } from './stable-hash.ts';

type Scalar = string | number | boolean | null;

/** The part of an incident that one command decides on, and the events that change it. */
interface Subject<N extends IncidentCommandName> {
  /** Its values in a fixed order: objects come back from PostgreSQL with their keys in another one. */
  readonly of: (incident: Incident, args: Readonly<ArgsOf<N>>) => readonly Scalar[];
  readonly changedBy: readonly EventName[];
}

/** Events that say whose turn it is. */
const TURNS = [
  'registered',
  'routed',
  'returned_to_centre',
  'deferred',
  'rejected',
  'merged',
  'unmerged',
  'reopened',
  'closed',
] as const satisfies readonly EventName[];
const MOVES = [
  ...TURNS,
  'taken_to_work',
  'reply_published',
  'satisfaction_reached',
] as const satisfies readonly EventName[];
const REPLY_EVENTS = [
  'reply_drafted',
  'reply_submitted',
  'reply_approved',
  'reply_sent_back',
  'reply_published',
] as const satisfies readonly EventName[];

/** Tells whether a line of the history is one of these events, or takes one of them back. */
const isOf = ({ event, detail }: HistoryEntry, events: readonly EventName[]): boolean =>
  (events as readonly unknown[]).includes(event === 'undone' ? detail['act'] : event);

/**
 * How often these events happened: a history only grows, so the same number never stands for two states of
 * one copy. Moments would not do: the API corrects those of a clock that is ahead.
 */
const timesOf = (incident: Incident, events: readonly EventName[]): number =>
  incident.history.filter((entry) => isOf(entry, events)).length;

/** Whose turn it is: the agency's, until when it is deferred, or the centre's. */
const turn = (incident: Incident): readonly Scalar[] => {
  const { step } = incident;
  const now = currentAssignment(incident);
  const until = step.name === 'deferred' ? step.until : null;
  return [timesOf(incident, TURNS), now?.agency ?? null, now?.unit ?? null, until];
};

/** A draft as its writer saw it; what he had not seen besides is why it was sent back. */
type Draft = Pick<Reply, 'text' | 'kind' | 'promises' | 'attachments' | 'sentBackReason'>;

/** A promise's precision follows from its phrase, and consoles of earlier releases do not know it. */
const draftValues = (draft: Draft | null): readonly Scalar[] =>
  draft === null
    ? []
    : [
        draft.text,
        draft.kind,
        draft.sentBackReason,
        ...draft.promises.flatMap(({ due, phrase }) => [due, phrase]),
        ...(draft.attachments ?? []).map(({ hash }) => hash),
      ];

const standing = (incident: Incident): readonly Scalar[] => {
  const { step } = incident;
  return [timesOf(incident, MOVES), step.name, step.name === 'merged' ? step.into : null];
};
const outcome = ({ type, outcome: result }: Incident): readonly Scalar[] => [type, result];
/** Whoever ends an incident ends the work of the person who holds it. */
const ending = (incident: Incident): readonly Scalar[] => [...standing(incident), incident.holder];

const promiseOf = (
  { promises }: Incident,
  { promise: id }: { readonly promise: number },
): readonly Scalar[] =>
  promises.flatMap((promise) => (promise.id === id ? [promise.due, promise.state] : []));

const PROMISE_EVENTS = ['promise_edited', 'promise_moved'] as const satisfies readonly EventName[];
const OUTCOME_EVENTS = ['typed', 'outcome_set'] as const satisfies readonly EventName[];
const HOLDER_EVENTS = ['claimed', 'released'] as const satisfies readonly EventName[];

/**
 * Commands that would overwrite a newer decision of somebody else, had they not to name what they decide on.
 * `classify` and `place` name it by `from`, `approve` and `sendBack` by the submission; notes, tags and
 * messages are added to what others added.
 */
const SUBJECTS = {
  setImportance: { of: ({ importance }) => [importance], changedBy: ['importance_set', 'importance_ruled'] },
  release: { of: ({ holder }) => [holder], changedBy: HOLDER_EVENTS },
  route: { of: turn, changedBy: TURNS },
  takeToWork: { of: turn, changedBy: TURNS },
  returnToCentre: { of: turn, changedBy: TURNS },
  defer: { of: turn, changedBy: TURNS },
  draftReply: { of: (incident) => draftValues(openReply(incident)), changedBy: REPLY_EVENTS },
  submitForApproval: { of: (incident) => draftValues(openReply(incident)), changedBy: REPLY_EVENTS },
  recordPublication: {
    of: (incident) => [submissionOf(incident).number, openReply(incident)?.text ?? null],
    changedBy: REPLY_EVENTS,
  },
  setOutcome: { of: outcome, changedBy: [...OUTCOME_EVENTS, 'reopened'] },
  close: {
    of: (incident) => [...outcome(incident), incident.holder],
    changedBy: [...OUTCOME_EVENTS, ...HOLDER_EVENTS],
  },
  reopen: {
    of: (incident) => [...standing(incident), ...outcome(incident)],
    changedBy: [...MOVES, ...OUTCOME_EVENTS],
  },
  reject: { of: ending, changedBy: [...MOVES, ...HOLDER_EVENTS] },
  merge: { of: ending, changedBy: [...MOVES, ...HOLDER_EVENTS] },
  unmerge: { of: standing, changedBy: MOVES },
  recordSurvey: {
    of: ({ survey }) => (survey === null ? [] : [survey.sent, survey.grade]),
    changedBy: ['survey_recorded'],
  },
  editPromise: { of: promiseOf, changedBy: PROMISE_EVENTS },
  movePromise: { of: promiseOf, changedBy: PROMISE_EVENTS },
} as const satisfies { readonly [N in IncidentCommandName]?: Subject<N> };

type SubjectCommandName = keyof typeof SUBJECTS;
type SubjectCommand = Extract<IncidentCommand, { readonly name: SubjectCommandName }>;

const hasSubject = (command: IncidentCommand): command is SubjectCommand =>
  Object.hasOwn(SUBJECTS, command.name);

const subjectOf = ({ name }: SubjectCommand): Subject<SubjectCommandName> =>
  SUBJECTS[name] as Subject<SubjectCommandName>;

/** The mark of some values: short, and another one for other values. */
const markOf = (values: readonly Scalar[]): string => stableHash(JSON.stringify(values)).toString(16);

const markFor = (command: SubjectCommand, incident: Incident): string =>
  markOf(subjectOf(command).of(incident, command.args));

/** The mark of a draft, for commands of somebody who began to write on it; see {@link withSeen}. */
export const draftMark = (draft: Draft | null): string => markOf(draftValues(draft));

/** A command that says what it decides on, where it has such a subject: all that a person's screen sends. */
export type SeenCommand = {
  readonly [N in IncidentCommandName]: N extends SubjectCommandName
    ? { readonly name: N; readonly args: Readonly<ArgsOf<N>> & { readonly seen: string } }
    : Extract<IncidentCommand, { readonly name: N }>;
}[IncidentCommandName];

/**
 * The command with the mark of what it decides on, as `incident` shows it: the copy on the person's screen.
 * A command that has no such subject is as it was.
 */
export const seenOn = (command: IncidentCommand, incident: Incident): SeenCommand =>
  hasSubject(command)
    ? ({ ...command, args: { ...command.args, seen: markFor(command, incident) } } as SeenCommand)
    : (command as SeenCommand);

/** The same, but a command that names already what was seen keeps it. */
export const withSeen = (command: IncidentCommand, incident: Incident): SeenCommand =>
  hasSubject(command) && command.args.seen !== undefined
    ? (command as SeenCommand)
    : seenOn(command, incident);

/** Tells whether the command decides on what is no longer so. False where it does not say what it saw. */
export const isStale = (command: IncidentCommand, incident: Incident): boolean =>
  hasSubject(command) && command.args.seen !== undefined && command.args.seen !== markFor(command, incident);

/** The refusal of a stale command: which decision stands, by whom and since when. */
export function decidedMeanwhile(command: IncidentCommand, incident: Incident): Refusal {
  const changedBy = hasSubject(command) ? subjectOf(command).changedBy : [];
  const last = incident.history.findLast((entry) => entry.undone !== true && isOf(entry, changedBy));
  const { event, by, at } = last ?? { event: incident.step.name, by: '', at: incident.step.since };
  return { kind: 'decided_meanwhile', act: event, by, at };
}

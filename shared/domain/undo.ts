import type { IncidentCommandName } from './command.ts';
import type { EventName, IncidentEvent } from './event.ts';
import type { Folds } from './fold.ts';
import type { HistoryEntry, Incident, Restored, Undoable } from './incident.ts';

/** Commands that can be taken back, each with the one event it makes besides the deadline that follows. */
export const UNDOABLE = {
  classify: 'classified',
  place: 'placed',
  setImportance: 'importance_set',
  claim: 'claimed',
  release: 'released',
  route: 'routed',
  returnToCentre: 'returned_to_centre',
  defer: 'deferred',
  reject: 'rejected',
  merge: 'merged',
  tag: 'tagged',
  movePromise: 'promise_moved',
} as const satisfies Partial<Record<IncidentCommandName, EventName>>;
export type UndoableCommand = keyof typeof UNDOABLE;

/** Tells whether a command's act may be taken back at all. */
export const isUndoable = (name: IncidentCommandName): name is UndoableCommand =>
  Object.hasOwn(UNDOABLE, name);

const UNDOABLE_EVENTS: ReadonlySet<EventName> = new Set(Object.values(UNDOABLE));

/** The most acts a person may take back in one incident: as many as the console's key does. */
export const UNDO_DEPTH = 10;

/**
 * Events that come from the resident, his network and the centre's rules: nobody has acted on top of anything
 * with them.
 */
const FROM_OUTSIDE: ReadonlySet<string> = new Set<EventName>([
  'message_received',
  'source_changed',
  'importance_ruled',
]);

/** All that events of {@link UNDOABLE} change. */
const FIELDS = [
  'classification',
  'place',
  'importance',
  'holder',
  'step',
  'assignments',
  'tags',
  'promises',
  'due',
] as const satisfies readonly (keyof Restored)[];

const NONE: readonly Undoable[] = [];

const changedFields = (before: Incident, after: Incident): Restored =>
  Object.fromEntries(
    FIELDS.filter((field) => before[field] !== after[field]).map((field) => [field, before[field]]),
  );

/**
 * Gives the acts that may be taken back after one more event, the newest last: an event that can be, with
 * those below it that nobody has acted on top of. Deadlines follow from what a person did and belong to it.
 * The outside's messages, importance by rules and a person's own notes change nothing of this; anything else
 * ends it, for one's own acts too: what came later was done knowing them.
 */
export function undoableAfter(
  before: Incident | null,
  after: Incident,
  event: IncidentEvent,
): readonly Undoable[] {
  const known = before?.undoable ?? NONE;
  if (before === null || FROM_OUTSIDE.has(event.name)) return known;
  // A deadline that the region's settings have moved follows from no act.
  if (event.name === 'due_set') return event.command === undefined ? known : withDeadline(known, before);
  if (event.name === 'undone') return known.filter(({ command }) => command !== event.event);
  if (event.name === 'noted') return ownOnTop(known, before, event.by);
  if (event.command === undefined || !UNDOABLE_EVENTS.has(event.name)) return NONE;
  const added = {
    command: event.command,
    line: before.history.length,
    back: changedFields(before, after),
  };
  return [...known, added].slice(-UNDO_DEPTH);
}

/** The deadline that follows at once from the newest event goes back with it. */
function withDeadline(known: readonly Undoable[], before: Incident): readonly Undoable[] {
  const newest = known.at(-1);
  if (newest?.line !== before.history.length - 1) return known;
  return [...known.slice(0, -1), { ...newest, back: { due: before.due, ...newest.back } }];
}

const byOf = (incident: Incident, { line }: Undoable): string | undefined => incident.history[line]?.by;

const ownOnTop = (known: readonly Undoable[], incident: Incident, by: string): readonly Undoable[] =>
  known.slice(1 + known.findLastIndex((act) => byOf(incident, act) !== by));

/**
 * The incident with what may be taken back now; without the field where that is nothing, as in most
 * incidents.
 */
export function withUndoable(incident: Incident, undoable: readonly Undoable[]): Incident {
  if (undoable.length > 0) return { ...incident, undoable };
  if (incident.undoable === undefined) return incident;
  const { undoable: _, ...rest } = incident;
  return rest;
}

/** Tells an act that may be taken back, once those on top of it are; one that changed nothing never may. */
export const isUndoableAct = (incident: Incident | null, command: string): boolean =>
  incident?.undoable?.some((act) => act.command === command) ?? false;

/** Everything is as it was before; the line of the history stays, marked. */
export const undoFolds: Folds<'undone'> = {
  undone: (incident, { line, back }) => ({
    ...incident,
    ...back,
    history: incident.history.map((entry, at) => (at === line ? { ...entry, undone: true } : entry)),
  }),
};

/** Tells whether the event that a command made was taken back before. */
export const wasUndone = (incident: Incident, command: string): boolean =>
  incident.history.some(({ event, detail }) => event === 'undone' && detail['event'] === command);

/** The last thing a person did that still stands: what is on top of everything else. */
export const lastAct = ({ history }: Incident): HistoryEntry | undefined =>
  history.findLast(({ event, undone }) => undone !== true && event !== 'undone' && !FROM_OUTSIDE.has(event));

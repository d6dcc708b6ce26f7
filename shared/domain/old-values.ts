import type { EventName } from './event.ts';
import { IMPORTANCES, type HistoryEntry, type Incident } from './incident.ts';

type Detail = HistoryEntry['detail'];

/** A line of the history with what stood there before it, in the fields of its `detail` that replaced it. */
export interface TracedEntry extends HistoryEntry {
  readonly was?: Detail;
}

/** Events that put a value in the place of another, and the fields of their lines that tell it. */
const REPLACED = {
  classified: ['group', 'topic'],
  typed: ['type'],
  placed: ['place'],
  importance_set: ['importance'],
  importance_ruled: ['importance'],
  routed: ['agency', 'unit'],
  outcome_set: ['outcome'],
  survey_recorded: ['grade'],
  deferred: ['until'],
  promise_edited: ['state', 'due'],
  promise_moved: ['due', 'precision'],
} as const satisfies Partial<Record<EventName, readonly string[]>>;

type Replacing = keyof typeof REPLACED;

const isReplacing = (event: string): event is Replacing => Object.hasOwn(REPLACED, event);

/** Events that carry an incident out of its deferral; a later one is a new deferral, not a moved one. */
const LEAVING: ReadonlySet<string> = new Set<EventName>([
  'routed',
  'taken_to_work',
  'returned_to_centre',
  'reply_submitted',
  'reply_published',
  'satisfaction_reached',
  'closed',
  'reopened',
  'rejected',
  'merged',
]);

/** The values that stand, by event; of promises each by itself. */
type Standing = Readonly<Record<string, Detail>>;

function keyOf({ event, detail }: HistoryEntry): string {
  if (event === 'promise_edited' || event === 'promise_moved') return promiseKey(Number(detail['promise']));
  // Whoever gives it, it is one value.
  return event === 'importance_ruled' ? 'importance_set' : event;
}

const promiseKey = (id: number): string => `promise_edited ${id}`;

/**
 * Gives the values a registration begins with; promises come with published replies, whose history lines do
 * not tell them.
 */
function beginning({ replies }: Incident): Standing {
  const promises = replies.flatMap((reply) => (reply.state === 'published' ? reply.promises : []));
  return {
    importance_set: { importance: IMPORTANCES[0] },
    ...Object.fromEntries(
      promises.map(({ due, precision = null }, id) => [promiseKey(id), { state: 'open', due, precision }]),
    ),
  };
}

const without = (standing: Standing, key: Replacing): Standing =>
  key in standing
    ? Object.fromEntries(Object.entries(standing).filter(([other]) => other !== key))
    : standing;

/** Gives the values that stand after a line that is no act of taking back. */
function after(standing: Standing, entry: HistoryEntry): Standing {
  const left = LEAVING.has(entry.event) ? without(standing, 'deferred') : standing;
  if (entry.event === 'reopened') return without(left, 'outcome_set');
  if (!isReplacing(entry.event)) return left;
  const fields = REPLACED[entry.event].map((field) => [field, entry.detail[field] ?? null]);
  const key = keyOf(entry);
  return { ...left, [key]: { ...left[key], ...Object.fromEntries(fields) } };
}

/**
 * Finds the line that an act of taking back means: the last of its kind that was taken back and
 * is not yet matched.
 */
const lineOf = (history: readonly HistoryEntry[], at: number, matched: ReadonlySet<number>): number =>
  history.findLastIndex(
    ({ event, undone }, line) =>
      line < at && undone === true && event === history[at]?.detail['act'] && !matched.has(line),
  );

/** Gives the values that an event puts others in the place of; of a promise its moment or its state. */
const replacedBy = (event: Replacing, standing: Detail | undefined): Detail | undefined =>
  standing &&
  Object.fromEntries(
    Object.entries(standing).filter(([field]) => (REPLACED[event] as readonly string[]).includes(field)),
  );

const isSame = (one: Detail, other: Detail): boolean =>
  Object.entries(one).every(([field, value]) => (other[field] ?? null) === value);

/**
 * Gives the lines of an incident's history, each that replaced a value with the one it replaced. Nothing is
 * stored for it: it follows from the lines before, so it holds for old incidents and without a connection.
 * What was taken back stands no more for the lines that came later: nobody may take back what others acted on
 * top of, so everything is as it was before that line.
 */
export function withOldValues(incident: Incident): readonly TracedEntry[] {
  const { history } = incident;
  const last = history.findLastIndex(({ event }) => event === 'registered');
  const before: Standing[] = [];
  const matched = new Set<number>();
  let standing: Standing = {};
  return history.map((entry, at) => {
    before.push(standing);
    if (entry.event === 'undone') {
      const line = lineOf(history, at, matched);
      matched.add(line);
      standing = before[line] ?? standing;
      return entry;
    }
    const was = isReplacing(entry.event) ? replacedBy(entry.event, standing[keyOf(entry)]) : undefined;
    // An import may register anew: only the last registration's replies are known.
    if (entry.event === 'registered') standing = at === last ? beginning(incident) : {};
    else standing = after(standing, entry);
    return was === undefined || isSame(was, entry.detail) ? entry : { ...entry, was };
  });
}

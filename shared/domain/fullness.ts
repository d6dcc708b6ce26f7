import type { IncidentCommandName } from './command.ts';
import type { Incident } from './incident.ts';
import type { Refusal } from './refusal.ts';

/**
 * The most of each that one incident holds: every console has the whole of it, and every change sends it
 * anew.
 * `letters`: of all its texts, with what a line of it takes besides; about 1 MB in Russian.
 */
export const INCIDENT_LIMITS = {
  notes: 1000,
  tags: 100,
  messages: 500,
  replies: 200,
  assignments: 200,
  changes: 500,
  history: 3000,
  letters: 600_000,
} as const;
export type FullPart = keyof typeof INCIDENT_LIMITS;

/** Acts that bring an incident to its end are carried out however full it is. */
const ENDING: ReadonlySet<IncidentCommandName> = new Set<IncidentCommandName>([
  'takeToWork',
  'submitForApproval',
  'approve',
  'recordPublication',
  'setOutcome',
  'close',
  'reject',
  'merge',
  'release',
  'undo',
]);

type Sizes = Readonly<Record<FullPart, number>>;

const sizesOf = (incident: Incident): Sizes => ({
  notes: incident.notes.length,
  tags: incident.tags.length,
  messages: incident.messages.length,
  replies: incident.replies.length,
  assignments: incident.assignments.length,
  changes: incident.sourceChanges?.length ?? 0,
  history: incident.history.length,
  letters: lettersOf(incident),
});

/** About how many letters an entry of a list takes beside its text. */
const ENTRY = 150;

function lettersOf(incident: Incident): number {
  const { text, notes, messages, replies, sourceChanges = [], history, imported } = incident;
  let letters = text.length + history.length * ENTRY;
  for (const list of [notes, messages, replies, sourceChanges])
    for (const entry of list) letters += (entry.text?.length ?? 0) + ENTRY;
  for (const cell of Object.values(imported?.cells ?? {})) letters += String(cell).length;
  return letters;
}

const PARTS = Object.keys(INCIDENT_LIMITS) as readonly FullPart[];

/** The part of an incident that is fuller than it may be and than it was; null when there is none. */
export function overfullPart(before: Incident | null, after: Incident): FullPart | null {
  const sizes = sizesOf(after);
  const over = PARTS.filter((part) => sizes[part] > INCIDENT_LIMITS[part]);
  if (over.length === 0 || before === null) return over[0] ?? null;
  const were = sizesOf(before);
  return over.find((part) => sizes[part] > were[part]) ?? null;
}

/** Refuses what would make an incident fuller than it may be; null for everything else. */
export function refusalOfMore(
  command: IncidentCommandName,
  before: Incident,
  after: Incident,
): Refusal | null {
  const part = ENDING.has(command) ? null : overfullPart(before, after);
  return part === null ? null : { kind: 'incident_full', part, limit: INCIDENT_LIMITS[part] };
}

/** Whoever answers reads them of both incidents, and answers all at once. */
const READ_TOGETHER = ['messages', 'letters'] as const satisfies readonly FullPart[];

/** Refuses to merge what is together more than one incident may hold; null for everything else. */
export function refusalOfMerge(incident: Incident, target: Incident): Refusal | null {
  const [sizes, others] = [sizesOf(incident), sizesOf(target)];
  const part = READ_TOGETHER.find((name) => sizes[name] + others[name] > INCIDENT_LIMITS[name]);
  return part === undefined ? null : { kind: 'merge_target_full', part, limit: INCIDENT_LIMITS[part] };
}

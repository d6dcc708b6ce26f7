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

const countsOf = (incident: Incident): Readonly<Record<Exclude<FullPart, 'letters'>, number>> => ({
  notes: incident.notes.length,
  tags: incident.tags.length,
  messages: incident.messages.length,
  replies: incident.replies.length,
  assignments: incident.assignments.length,
  changes: incident.sourceChanges?.length ?? 0,
  history: incident.history.length,
});

/** About how many letters an entry of a list takes beside its text. */
const ENTRY = 150;

function lettersOf({ text, notes, messages, replies, sourceChanges = [], history }: Incident): number {
  let letters = text.length + history.length * ENTRY;
  for (const list of [notes, messages, replies, sourceChanges])
    for (const entry of list) letters += (entry.text?.length ?? 0) + ENTRY;
  return letters;
}

/** Refuses what would make an incident fuller than it may be; null for everything else. */
export function refusalOfMore(
  command: IncidentCommandName,
  before: Incident,
  after: Incident,
): Refusal | null {
  if (ENDING.has(command)) return null;
  const [were, are] = [countsOf(before), countsOf(after)];
  for (const part of Object.keys(are) as (keyof typeof are)[]) {
    const limit = INCIDENT_LIMITS[part];
    if (are[part] > limit && are[part] > were[part]) return { kind: 'incident_full', part, limit };
  }
  const letters = lettersOf(after);
  const { letters: limit } = INCIDENT_LIMITS;
  if (letters <= limit || letters <= lettersOf(before)) return null;
  return { kind: 'incident_full', part: 'letters', limit };
}

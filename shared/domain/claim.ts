import { CENTRE_ROLES, type Actor } from './actor.ts';
import type { IncidentCommandName } from './command.ts';
import type { HistoryEntry, Incident } from './incident.ts';
import { MS_PER_MINUTE, type Instant } from './instant.ts';
import type { Regulation } from './regulation.ts';

/**
 * Gives the moment until which the operator who has claimed the incident keeps it: the regulation's minutes
 * after the last thing that operator did to it. Null while nobody has. The claim itself stays in the row,
 * so that work left for the night is still in its lane in the morning; it only keeps nobody away.
 */
export function claimEnd(
  incident: Incident,
  { claimMinutes }: Pick<Regulation, 'claimMinutes'>,
): Instant | null {
  const { holder, history, step } = incident;
  if (holder === null) return null;
  const acts = history.filter(({ by }) => by === holder).map(({ at }) => at);
  return (acts.length === 0 ? step.since : Math.max(...acts)) + claimMinutes * MS_PER_MINUTE;
}

/** Gives the operator whose claim holds at a moment, if there is one. */
export function claimantAt(
  incident: Incident,
  at: Instant,
  regulation: Pick<Regulation, 'claimMinutes'>,
): string | null {
  const end = claimEnd(incident, regulation);
  return end !== null && at < end ? incident.holder : null;
}

/**
 * Commands that a claimed incident takes without a question: words that are added to others', the approver's
 * turn at a reply that its author has handed over, and what is about the claim itself.
 */
const UNASKED: ReadonlySet<IncidentCommandName> = new Set([
  'register',
  'note',
  'receiveMessage',
  'approve',
  'sendBack',
  'claim',
  'release',
  'undo',
] satisfies IncidentCommandName[]);

/** Who asks, what they are about to do and when, by which rules. */
export interface ClaimOccasion {
  readonly actor: Pick<Actor, 'id' | 'role'>;
  readonly name: IncidentCommandName;
  readonly at: Instant;
  readonly regulation: Pick<Regulation, 'claimMinutes'>;
}

/**
 * Gives the colleague who is to be named before this act is done, null where nobody is. An agency's people
 * are never asked: the work is theirs by the route, whoever of the centre looks on.
 */
export function claimantBefore(
  incident: Incident,
  { actor, name, at, regulation }: ClaimOccasion,
): string | null {
  if (UNASKED.has(name) || !CENTRE_ROLES.some((role) => role === actor.role)) return null;
  const claimant = claimantAt(incident, at, regulation);
  return claimant === actor.id ? null : claimant;
}

/** Events after which nobody has the incident, see `evolve-moves.ts`. */
const ENDS_CLAIM: ReadonlySet<string> = new Set(['released', 'closed', 'rejected', 'merged']);

/**
 * Gives what other people did to an incident while `holder` had claimed it, since the last thing that person
 * did to it themselves, in the order of the history; also when the last of it ended the claim.
 */
export function doneOverClaim(
  { history }: Pick<Incident, 'history'>,
  holder: string,
  isPerson: (id: string) => boolean,
): readonly HistoryEntry[] {
  let isHeld = false;
  let done: readonly HistoryEntry[] = [];
  for (const entry of history) {
    const { event, by, detail, undone } = entry;
    if (event === 'due_set' || event === 'undone' || undone === true) continue;
    if (by === holder) done = [];
    else if (isHeld && isPerson(by)) done = [...done, entry];
    if (event === 'claimed') isHeld = detail['holder'] === holder;
    else if (ENDS_CLAIM.has(event)) isHeld = false;
  }
  return done;
}

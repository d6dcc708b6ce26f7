import type { Assignment, Incident } from './incident.ts';
import type { Instant } from './instant.ts';

/** One time that an agency said «not ours» and gave an incident back to the centre. */
export interface Bounce {
  readonly agency: string;
  readonly unit: string;
  /** When the agency got it, and when it gave it back. */
  readonly from: Instant;
  readonly at: Instant;
  /** In its own words; '' where the registry brought it. */
  readonly reason: string;
  /** The agency it named as the right one. */
  readonly named: string | null;
  /** The agency that got it next; null while the centre has it. */
  readonly to: string | null;
}

/** From this return on the incident goes round, and the centre has to say whose it is. */
export const BOUNCES_TO_FLAG = 2;

/**
 * Reads off an incident every time it was given back, oldest first. A return that was taken back is none: its
 * turn goes on.
 */
export const bouncesOf = (incident: Incident): readonly Bounce[] =>
  incident.assignments.flatMap((turn, place, turns): Bounce[] => {
    if (turn.returned === null || turn.endedAt === null) return [];
    const { agency, unit, at: from, endedAt: at, returned: reason } = turn;
    const named = namedAt(incident, turn);
    return [{ agency, unit, from, at, reason, named, to: turns[place + 1]?.agency ?? null }];
  });

/** Tells whether an incident was given back so often that its route itself is in question. */
export const goesRound = (incident: Incident): boolean => bouncesOf(incident).length >= BOUNCES_TO_FLAG;

function namedAt({ history }: Incident, { endedAt, returned }: Assignment): string | null {
  const line = history.findLast(
    ({ event, at, detail, undone }) =>
      event === 'returned_to_centre' &&
      undone !== true &&
      at === endedAt &&
      String(detail['reason'] ?? '') === returned,
  );
  const named = line?.detail['target'];
  return typeof named === 'string' ? named : null;
}

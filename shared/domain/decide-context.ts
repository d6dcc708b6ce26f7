import type { Actor } from './actor.ts';
import type { CompiledCalendar } from './calendar.ts';
import type { DeadlinePolicy } from './deadline.ts';
import { existsAt, type Agency } from './directory.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Regulation } from './regulation.ts';

/**
 * Reference rows of a region as decisions need them, parsed and compiled once. The console reads them off its
 * own copy, the API off the database.
 */
export interface CentreSettings {
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly regulation: Regulation;
}

/** Everything a decision may look at besides the incident and the command. Made by `makeDecideContext`. */
export interface DecideContext {
  readonly actor: Actor;
  /** The moment of the act, corrected for the workstation's clock and never later than the API's own now. */
  readonly at: Instant;
  /** The moment the workstation had named, where `at` is another one because of it; see `momentOfAct`. */
  readonly claimed: Instant | null;
  /** Id of the command, by which it may be undone; null for what no person does. */
  readonly command: string | null;
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  /** Tells whether an agency with this id may be given work at `at`. */
  readonly hasAgency: (id: string) => boolean;
  readonly regulation: Regulation;
  /**
   * The number a registration gets where it is known beforehand, as in the demo region's story. Null on a
   * console, which cannot know it, and on the API, where the statement that stores the event gives it.
   */
  readonly number: number | null;
  /** The incident a merge points at, if it exists. */
  readonly target: Incident | null;
}

/** The part of a context that is not reference data: who acts, when, by which command and upon what else. */
export type DecideOccasion = Pick<DecideContext, 'actor' | 'at' | 'command'> &
  Partial<Pick<DecideContext, 'number' | 'target' | 'claimed'>>;

/**
 * Makes the context of one decision, the same way for a console, the API, a network's page and the demo
 * region.
 */
export const makeDecideContext = (
  { calendar, policies, agencies, regulation }: CentreSettings,
  { actor, at, command, claimed = null, number = null, target = null }: DecideOccasion,
): DecideContext => ({
  actor,
  at,
  claimed,
  command,
  calendar,
  policies,
  hasAgency: (id) => {
    const agency = agencies.get(id);
    return agency !== undefined && existsAt(agency, at);
  },
  regulation,
  number,
  target,
});

import type { Actor } from './actor.ts';
import type { CompiledCalendar } from './calendar.ts';
import type { DeadlinePolicy } from './deadline.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';

/**
 * Everything a decision may look at besides the incident and the command. Built by the console and by the API
 * from the same reference data.
 */
export interface DecideContext {
  readonly actor: Actor;
  /** When the person acted, corrected for the workstation's clock and never later than the API's own now. */
  readonly at: Instant;
  /** Id of the command, by which it may be undone; null for what no person does. */
  readonly command: string | null;
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  /** Whether an agency with this id may be given work at `at`. */
  readonly hasAgency: (id: string) => boolean;
  /** The number a registration gets; null on a console, which cannot know. */
  readonly nextNumber: number | null;
  /** The incident a merge points at, if it exists. */
  readonly target: Incident | null;
}

import type { CompiledCalendar } from '#shared/domain/calendar.ts';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';

/**
 * The context rows are written in: the region's name, its calendar (and with it the zone), deadlines and
 * directory.
 */
export interface ExportContext {
  readonly regionName: string;
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  /** Name of an agency by its id; the id itself when there is none. */
  readonly agencyName: (id: string) => string;
}

/** The context rows are read in: the same and more. */
export interface ImportContext extends ExportContext {
  /** Region code. */
  readonly region: string;
  /** Id of an agency by the name in the file; never fails: an unknown name gets an id of its own. */
  readonly agencyId: (name: string) => string;
  /** Name of a municipality by the name in the file: another's where that one was but a double of it. */
  readonly municipalityName: (name: string) => string;
  /** A topic and its group by those in the file: another's where that one was but a double of it. */
  readonly topicOf: (named: { readonly group: string; readonly topic: string }) => {
    readonly group: string;
    readonly topic: string;
  };
  /** The moment of the import. */
  readonly now: number;
}

/** The author of imported events: nobody of ours. */
export const IMPORT_ACTOR = 'import';

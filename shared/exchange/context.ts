import type { CompiledCalendar } from '#shared/domain/calendar.ts';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';

/**
 * What rows are written with: the region's name, its calendar (and with it the zone), deadlines and
 * directory.
 */
export interface ExportContext {
  readonly regionName: string;
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  /** Name of an agency by its id; the id itself when there is none. */
  readonly agencyName: (id: string) => string;
}

/** What rows are read with, besides. */
export interface ImportContext extends ExportContext {
  /** Region code. */
  readonly region: string;
  /** Id of an agency by the name in the file; never fails: an unknown name gets an id of its own. */
  readonly agencyId: (name: string) => string;
  /** When the import runs. */
  readonly now: number;
}

/** Who stands behind imported events: nobody of ours. */
export const IMPORT_ACTOR = 'import';

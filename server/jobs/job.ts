import type { Instant } from '#shared/domain/instant.ts';
import type { Pages } from '#server/channels/pages/pages.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import type { Database } from '#server/store/database.ts';
import type { RegionChange } from '#server/sync/region-change.ts';

/** The parts that jobs work with. */
export interface JobContext {
  /** As the API's role; only within `withScope` does it see anything. */
  readonly db: Database;
  readonly now: () => Instant;
  /** Counts what is removed, for the metrics. */
  readonly removedEvents: { count: number };
  /** Counts what was told of a swelling feed, likewise. */
  readonly feedAlarms: { count: number };
  /** Days that raw events of networks are kept. */
  readonly eventDays: number;
  /** Sends mails; null where nobody does. */
  readonly mailer: Mailer | null;
  /** Official pages, whose bots tell people too; null where there are none. */
  readonly pages: Pages | null;
  /** Brings what is scheduled to what the regions' rows say (`renewSchedules`). */
  readonly renewSchedules: () => Promise<void>;
  /** Is told what a job has committed, for jobs that follow from it. */
  readonly follow: (region: string, changes: readonly RegionChange[]) => void;
}

/** The name and time of a job. */
interface Timed {
  /** As its file, and for good: it stands in the database and in the console's words (`jobs.name.…`). */
  readonly name: string;
  /**
   * When it is due: five fields of cron. If nobody was there to run it then, it runs once as soon as somebody
   * is. The hour is that of the region, or for the whole installation that of the machine.
   */
  readonly cron: string;
}

/** Runs for each region by itself: what fails in one holds up no other. */
export interface RegionJob extends Timed {
  readonly each: 'region';
  /**
   * Tells whether it has work after such a change: then it runs at once. The schedule stays the truth, and
   * does what nobody asked for.
   */
  readonly follows?: (change: RegionChange) => boolean;
  /**
   * Tells whether a run that follows from a change has anything to do in a region; left out: it always has.
   * The schedule asks nobody.
   */
  readonly isNeeded?: (context: Pick<JobContext, 'db'>, region: string) => Promise<boolean>;
  /**
   * Does all there is to do and may be stopped and run again at any point; throws when `signal` ends it
   * early.
   */
  readonly run: (context: JobContext, region: string, signal: AbortSignal) => Promise<void>;
}

/** Runs once for the whole installation. */
export interface InstallationJob extends Timed {
  readonly each: 'installation';
  readonly run: (context: JobContext, signal: AbortSignal) => Promise<void>;
}

/** Work by time. It keeps nothing of its own: what is to be done follows from rows each time it runs. */
export type Job = RegionJob | InstallationJob;

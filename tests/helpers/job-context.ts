import type { JobContext, RegionJob } from '#server/jobs/job.ts';
import type { Database } from '#server/store/database.ts';

/** The context of jobs on a test's database and by its clock. */
export const jobContext = (db: Database, now: () => number = Date.now): JobContext => ({
  db,
  now,
  removedEvents: { count: 0 },
  feedAlarms: { count: 0 },
  eventDays: 90,
  mailer: null,
  pages: null,
  renewSchedules: async () => undefined,
  follow: () => undefined,
});

/** Runs a job for a region to its end. */
export const runJob = (job: RegionJob, context: JobContext, region = 'eao'): Promise<void> =>
  job.run(context, region, new AbortController().signal);

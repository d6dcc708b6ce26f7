import { z } from 'zod';

/** Why a job did not get done: the database was away; its process ended; it took too long; anything else. */
export const jobTroubleSchema = z.enum(['database', 'stopped', 'too_long', 'unforeseen']);
export type JobTrouble = z.infer<typeof jobTroubleSchema>;

const instant = z.int();

/** The state of one scheduled job of a region. Moments are in ms. */
export const jobStatusSchema = z.object({
  /** As server/jobs/ names it. */
  name: z.string(),
  /** When it is due next; null while it is not scheduled yet. */
  next: instant.nullable(),
  isRunning: z.boolean(),
  /** When it was last done, within the last seven days. */
  lastDone: instant.nullable(),
  /** The last attempt that failed since; `isRetried` while more follow before it is due again. */
  failure: z.object({ at: instant, why: jobTroubleSchema, isRetried: z.boolean() }).nullable(),
});
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** `GET /api/v1/jobs`, for administrators. */
export const jobsSchema = z.object({ jobs: z.array(jobStatusSchema) });

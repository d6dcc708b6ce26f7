import type { SchedulerPace } from '#server/jobs/scheduler.ts';

/** As fast as the scheduler can look. */
export const TEST_PACE: SchedulerPace = { poll: 1, watch: 1, retry: 1 };

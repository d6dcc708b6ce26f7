import type { Pace } from '#server/jobs/scheduler.ts';

/** As fast as the scheduler can look. */
export const TEST_PACE: Pace = { poll: 1, watch: 1, retry: 1 };

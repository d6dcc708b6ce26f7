import type { InstallationJob } from './job.ts';

/**
 * Schedules the jobs of regions that were added, or moved to another time zone, since the program started.
 */
export const renewSchedules: InstallationJob = {
  name: 'renew-schedules',
  cron: '*/10 * * * *',
  each: 'installation',
  run: (context) => context.renewSchedules(),
};

import { jobsSchema } from '#shared/protocol/jobs.ts';
import type { Routes } from './api.ts';
import { sessionOf } from './authentication.ts';

/** The jobs of the region and the installation: when each is due, when it was done, why it failed. */
export const jobRoutes: Routes = (api, { scheduler }) => {
  if (scheduler === undefined) return;
  const options = {
    config: { access: ['administrator'] },
    schema: { response: { 200: jobsSchema } },
  } as const;
  api.get('/api/v1/jobs', options, async (request) => ({
    jobs: [...(await scheduler.read(sessionOf(request).region.code))],
  }));
};

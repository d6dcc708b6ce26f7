import { forgetOldMails } from '#server/notices/make-mails.ts';
import type { RegionJob } from './job.ts';

/** Removes mails and what they told of when nothing of it could be told again. */
export const removeOldMails: RegionJob = {
  name: 'remove-old-mails',
  cron: '47 * * * *',
  each: 'region',
  run: ({ db, now }, region) => forgetOldMails(db, region, now()),
};

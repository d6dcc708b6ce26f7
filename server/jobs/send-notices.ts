import { TOLD_EVENTS } from '#server/notices/find-occasions.ts';
import { makeNotices } from '#server/notices/make-notices.ts';
import { sendBotMessages } from '#server/notices/bot/send-bot-messages.ts';
import { sendMails } from '#server/notices/send-mails.ts';
import type { RegionJob } from './job.ts';

/** Tells people by mail and by bots what waits for them, and sends invitations: decisions 039, 049. */
export const sendNotices: RegionJob = {
  name: 'send-notices',
  cron: '* * * * *',
  each: 'region',
  follows: (change) =>
    change.kind === 'mail_due' || (change.kind === 'happened' && TOLD_EVENTS.includes(change.event)),
  run: async ({ db, now, mailer, pages }, region, signal) => {
    if (mailer === null) return;
    await makeNotices(db, region, now, signal);
    await sendMails(mailer, region, signal);
    if (pages !== null) await sendBotMessages(mailer, pages, region, signal);
  },
};

import { handOver } from './hand-over.ts';
import type { Job } from './job.ts';
import { closeSilent } from './close-silent.ts';
import { forgetOldRevisions } from './forget-old-revisions.ts';
import { removeOldAudit } from './remove-old-audit.ts';
import { removeOldEvents } from './remove-old-events.ts';
import { removeOldMails } from './remove-old-mails.ts';
import { removeUnusedAttachments } from './remove-unused-attachments.ts';
import { removeUnusedPhotos } from './remove-unused-photos.ts';
import { renewDeadlines } from './renew-deadlines.ts';
import { renewSchedules } from './renew-schedules.ts';
import { sendNotices } from './send-notices.ts';
import { watchFeed } from './watch-feed.ts';
import { weighImportance } from './weigh-importance.ts';

/** All that happens by time. A new job is a file here, a line in this list and its name in both languages. */
export const JOBS: readonly Job[] = [
  renewSchedules,
  handOver,
  closeSilent,
  sendNotices,
  renewDeadlines,
  weighImportance,
  removeOldEvents,
  removeOldAudit,
  removeOldMails,
  removeUnusedPhotos,
  removeUnusedAttachments,
  watchFeed,
  forgetOldRevisions,
];

import { aboutRoutes } from './about-routes.ts';
import { accountRoutes } from './account-routes.ts';
import type { Routes } from './api.ts';
import { auditRoutes } from './audit-routes.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { deputyRoutes } from './deputy-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { exchangeRoutes } from './exchange-routes.ts';
import { feedAlarmRoutes } from './feed-alarm-routes.ts';
import { incidentFileRoutes } from './incident-file-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { photoRoutes } from './photo-routes.ts';
import { loadRoutes } from './load-routes.ts';
import { lookUpRoutes } from './look-up-routes.ts';
import { botNoticeRoutes } from './bot-notice-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { numberingRoutes } from './numbering-routes.ts';
import { open311Routes } from './open311-routes.ts';
import { ownSessionRoutes } from './own-session-routes.ts';
import { partnerRoutes } from './partner-routes.ts';
import { presenceRoutes } from './presence-routes.ts';
import { peopleLoadRoutes } from './people-load-routes.ts';
import { mediaRoutes } from './media-routes.ts';
import { secondFactorRoutes } from './second-factor-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { syncRoutes } from './sync-routes.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';

/** All route files. A new resource is a new file here. */
export const API_ROUTES: readonly Routes[] = [
  aboutRoutes,
  sessionRoutes,
  secondFactorRoutes,
  ownSessionRoutes,
  signInRoutes,
  directoryRoutes,
  invitationRoutes,
  accountRoutes,
  deputyRoutes,
  peopleLoadRoutes,
  syncRoutes,
  presenceRoutes,
  incidentRoutes,
  exchangeRoutes,
  channelRoutes,
  issueRoutes,
  photoRoutes,
  attachmentRoutes,
  incidentFileRoutes,
  open311Routes,
  partnerRoutes,
  mediaRoutes,
  lookUpRoutes,
  jobRoutes,
  numberingRoutes,
  auditRoutes,
  feedAlarmRoutes,
  loadRoutes,
  mailRoutes,
  noticeRoutes,
  botNoticeRoutes,
  unsubscribeRoutes,
];

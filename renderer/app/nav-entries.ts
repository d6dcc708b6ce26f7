import { CENTRE_ROLES, ROLES, type Role } from '#shared/domain/actor.ts';
import type { Lane } from '#renderer/data/store/console-store.ts';
import type { KeyAction } from '#renderer/kit/keys/keys.ts';

export interface NavEntry {
  /** Its name is `nav.<id>`. */
  readonly id:
    | 'queue'
    | 'promised'
    | 'approval'
    | 'sending'
    | 'unread'
    | 'notAccepted'
    | 'reports'
    | 'records'
    | 'import'
    | 'setup'
    | 'agencies'
    | 'places'
    | 'topics'
    | 'routes'
    | 'calendar'
    | 'templates'
    | 'channels'
    | 'partners'
    | 'audit'
    | 'people'
    | 'rules'
    | 'mail'
    | 'settings';
  readonly to: string;
  /** The entry is current on every address that begins so. */
  readonly under: readonly string[];
  readonly count: Lane | 'notAccepted' | 'sending' | 'unread' | null;
  readonly key: KeyAction;
  readonly roles: readonly Role[];
}

const WORK: readonly NavEntry[] = [
  {
    id: 'queue',
    to: '/queue/new',
    under: ['/queue', '/incident'],
    count: 'all',
    key: 'goQueue',
    roles: ROLES,
  },
  {
    id: 'promised',
    to: '/queue/promised',
    under: ['/queue/promised'],
    count: 'promised',
    key: 'lanePromised',
    roles: ROLES,
  },
  {
    id: 'approval',
    to: '/queue/approval',
    under: ['/queue/approval'],
    count: 'approval',
    key: 'laneApproval',
    roles: ROLES,
  },
  {
    id: 'sending',
    to: '/sending',
    under: ['/sending'],
    count: 'sending',
    key: 'goSending',
    roles: CENTRE_ROLES,
  },
  {
    id: 'unread',
    to: '/unread',
    under: ['/unread'],
    count: 'unread',
    key: 'goUnread',
    roles: CENTRE_ROLES,
  },
  {
    id: 'notAccepted',
    to: '/not-accepted',
    under: ['/not-accepted'],
    count: 'notAccepted',
    key: 'goNotAccepted',
    roles: ROLES,
  },
];

const ACCOUNT_OF_WORK: readonly NavEntry[] = [
  {
    id: 'reports',
    to: '/reports',
    under: ['/reports', '/broadcast', '/ledger'],
    count: null,
    key: 'goReports',
    roles: ROLES,
  },
  {
    id: 'records',
    to: '/records/campaign',
    under: ['/records'],
    count: null,
    key: 'goRecords',
    roles: ROLES,
  },
  {
    id: 'import',
    to: '/import',
    under: ['/import', '/moving'],
    count: null,
    key: 'goImport',
    roles: CENTRE_ROLES,
  },
];

/** An entry of the administrator's: its address is its id. */
const setting = (id: NavEntry['id'], key: KeyAction, ...more: readonly string[]): NavEntry => ({
  id,
  to: `/${id}`,
  under: [`/${id}`, ...more],
  count: null,
  key,
  roles: ['administrator'],
});

/** How the centre is set up, in the order in which it is done: many, and seldom wanted afterwards. */
export const SET_UP: readonly NavEntry[] = [
  setting('setup', 'goSetup'),
  setting('rules', 'goRules'),
  setting('people', 'goPeople', '/sign-in'),
  setting('agencies', 'goAgencies'),
  setting('places', 'goPlaces'),
  setting('topics', 'goTopics'),
  setting('routes', 'goRoutes'),
  setting('calendar', 'goCalendar', '/deadlines', '/importance'),
  setting('templates', 'goTemplates'),
  setting('channels', 'goChannels'),
  setting('mail', 'goMail'),
  setting('partners', 'goPartners'),
  setting('audit', 'goAudit'),
];

const OWN: readonly NavEntry[] = [
  { id: 'settings', to: '/settings', under: ['/settings'], count: null, key: 'goSettings', roles: ROLES },
];

/** Groups of entries, a line between them. */
export const NAV: readonly (readonly NavEntry[])[] = [WORK, ACCOUNT_OF_WORK, SET_UP, OWN];

/** Addresses at which days begin: an agency's messages wait for an answer, its answers for the approver. */
const HOMES: Partial<Record<Role, string>> = { executor: '/queue/agencies', approver: '/queue/approval' };

/** Address at which a role's day begins. */
export const homeOf = (role: Role): string => HOMES[role] ?? '/queue/new';

/** The entry that is current at an address: the one with the longest beginning in common. */
export function currentEntry(path: string): NavEntry['id'] | null {
  const found = NAV.flat()
    .flatMap(({ id, under }) => under.map((start) => ({ id, start })))
    .filter(({ start }) => path === start || path.startsWith(`${start}/`))
    .toSorted((a, b) => b.start.length - a.start.length);
  return found[0]?.id ?? null;
}

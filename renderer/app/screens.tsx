import type { ComponentType } from 'react';
import { AuditScreen } from '#renderer/screens/audit/audit-screen.tsx';
import { AgenciesScreen } from '#renderer/screens/agencies/agencies-screen.tsx';
import { BroadcastScreen } from '#renderer/screens/broadcast/broadcast-screen.tsx';
import { CalendarScreen } from '#renderer/screens/calendar/calendar-screen.tsx';
import { DeadlinesScreen } from '#renderer/screens/deadlines/deadlines-screen.tsx';
import { UnreadScreen } from '#renderer/screens/channels/unread-screen.tsx';
import { ChannelsScreen } from '#renderer/screens/channels/channels-screen.tsx';
import { ImportScreen } from '#renderer/screens/import/import-screen.tsx';
import { IncidentScreen } from '#renderer/screens/incident/incident-screen.tsx';
import { MailScreen } from '#renderer/screens/mail/mail-screen.tsx';
import { NotAcceptedScreen } from '#renderer/screens/not-accepted/not-accepted-screen.tsx';
import { PivotScreen } from '#renderer/screens/pivot/pivot-screen.tsx';
import { PeopleScreen } from '#renderer/screens/people/people-screen.tsx';
import { PartnersScreen } from '#renderer/screens/partners/partners-screen.tsx';
import { PlacesScreen } from '#renderer/screens/places/places-screen.tsx';
import { QueueScreen } from '#renderer/screens/queue/queue-screen.tsx';
import { RecordsScreen } from '#renderer/screens/records/records-screen.tsx';
import { ReportScreen } from '#renderer/screens/report/report-screen.tsx';
import { RoutesScreen } from '#renderer/screens/routes/routes-screen.tsx';
import { SendingScreen } from '#renderer/screens/sending/sending-screen.tsx';
import { SessionsScreen } from '#renderer/screens/sessions/sessions-screen.tsx';
import { SettingsScreen } from '#renderer/screens/settings/settings-screen.tsx';
import { SetupScreen } from '#renderer/screens/setup/setup-screen.tsx';
import { CENTRE_ROLES, ROLES, type Role } from '#shared/domain/actor.ts';
import type { Lane } from '#renderer/data/store/console-store.ts';
import type { KeyAction } from '#renderer/kit/keys/keys.ts';

/**
 * Addresses of the console, for wouter. To add a screen: a line here and, if it has an entry, one in {@link
 * NAV}.
 */
export const ROUTES: readonly { readonly path: string; readonly screen: ComponentType }[] = [
  { path: '/queue/:lane', screen: QueueScreen },
  { path: '/incident/:id', screen: IncidentScreen },
  { path: '/sending', screen: SendingScreen },
  { path: '/unread', screen: UnreadScreen },
  { path: '/not-accepted', screen: NotAcceptedScreen },
  { path: '/reports/pivot/*?', screen: PivotScreen },
  { path: '/reports/*?', screen: ReportScreen },
  { path: '/broadcast/*?', screen: BroadcastScreen },
  { path: '/records/:kind?/:id?', screen: RecordsScreen },
  { path: '/import', screen: ImportScreen },
  { path: '/setup', screen: SetupScreen },
  { path: '/agencies/:id?', screen: AgenciesScreen },
  { path: '/places/:id?', screen: PlacesScreen },
  { path: '/routes/:id?', screen: RoutesScreen },
  { path: '/calendar/:year?', screen: CalendarScreen },
  { path: '/deadlines/:id?', screen: DeadlinesScreen },
  { path: '/channels', screen: ChannelsScreen },
  { path: '/partners', screen: PartnersScreen },
  { path: '/audit', screen: AuditScreen },
  { path: '/mail', screen: MailScreen },
  { path: '/people/:id?', screen: PeopleScreen },
  { path: '/sessions', screen: SessionsScreen },
  { path: '/settings', screen: SettingsScreen },
];

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
    | 'routes'
    | 'calendar'
    | 'channels'
    | 'partners'
    | 'audit'
    | 'people'
    | 'mail'
    | 'settings';
  readonly to: string;
  /** The entry is current on every address that begins so. */
  readonly under: readonly string[];
  readonly count: Lane | 'notAccepted' | 'sending' | 'unread' | null;
  readonly key: KeyAction;
  readonly roles: readonly Role[];
}

/** Groups of entries, a line between them. */
export const NAV: readonly (readonly NavEntry[])[] = [
  [
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
  ],
  [
    {
      id: 'reports',
      to: '/reports',
      under: ['/reports', '/broadcast'],
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
    { id: 'import', to: '/import', under: ['/import'], count: null, key: 'goImport', roles: CENTRE_ROLES },
  ],
  [
    {
      id: 'setup',
      to: '/setup',
      under: ['/setup'],
      count: null,
      key: 'goSetup',
      roles: ['administrator'],
    },
    {
      id: 'agencies',
      to: '/agencies',
      under: ['/agencies'],
      count: null,
      key: 'goAgencies',
      roles: ['administrator'],
    },
    {
      id: 'places',
      to: '/places',
      under: ['/places'],
      count: null,
      key: 'goPlaces',
      roles: ['administrator'],
    },
    {
      id: 'routes',
      to: '/routes',
      under: ['/routes'],
      count: null,
      key: 'goRoutes',
      roles: ['administrator'],
    },
    {
      id: 'calendar',
      to: '/calendar',
      under: ['/calendar', '/deadlines'],
      count: null,
      key: 'goCalendar',
      roles: ['administrator'],
    },
    {
      id: 'channels',
      to: '/channels',
      under: ['/channels'],
      count: null,
      key: 'goChannels',
      roles: ['administrator'],
    },
    {
      id: 'partners',
      to: '/partners',
      under: ['/partners'],
      count: null,
      key: 'goPartners',
      roles: ['administrator'],
    },
    {
      id: 'audit',
      to: '/audit',
      under: ['/audit'],
      count: null,
      key: 'goAudit',
      roles: ['administrator'],
    },
    {
      id: 'people',
      to: '/people',
      under: ['/people'],
      count: null,
      key: 'goPeople',
      roles: ['administrator'],
    },
    {
      id: 'mail',
      to: '/mail',
      under: ['/mail'],
      count: null,
      key: 'goMail',
      roles: ['administrator'],
    },
    {
      id: 'settings',
      to: '/settings',
      under: ['/settings'],
      count: null,
      key: 'goSettings',
      roles: ROLES,
    },
  ],
];

/** Address at which a role's day begins: an agency has nothing to triage, its messages wait for an answer. */
export const homeOf = (role: Role): string => (role === 'executor' ? '/queue/agencies' : '/queue/new');

/** The entry that is current at an address: the one with the longest beginning in common. */
export function currentEntry(path: string): NavEntry['id'] | null {
  const found = NAV.flat()
    .flatMap(({ id, under }) => under.map((start) => ({ id, start })))
    .filter(({ start }) => path === start || path.startsWith(`${start}/`))
    .toSorted((a, b) => b.start.length - a.start.length);
  return found[0]?.id ?? null;
}

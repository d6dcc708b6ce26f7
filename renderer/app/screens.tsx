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
import { MovingScreen } from '#renderer/screens/moving/moving-screen.tsx';
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
import { SignInScreen } from '#renderer/screens/sign-in/sign-in-screen.tsx';
import { SettingsScreen } from '#renderer/screens/settings/settings-screen.tsx';
import { TopicsScreen } from '#renderer/screens/topics/topics-screen.tsx';
import { SetupScreen } from '#renderer/screens/setup/setup-screen.tsx';

/** Addresses of the console, for wouter. A screen that has an entry has a line in `nav-entries.ts` too. */
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
  { path: '/moving', screen: MovingScreen },
  { path: '/setup', screen: SetupScreen },
  { path: '/agencies/:id?', screen: AgenciesScreen },
  { path: '/places/:id?', screen: PlacesScreen },
  { path: '/topics/*?', screen: TopicsScreen },
  { path: '/routes/:id?', screen: RoutesScreen },
  { path: '/calendar/:year?', screen: CalendarScreen },
  { path: '/deadlines/:id?', screen: DeadlinesScreen },
  { path: '/channels', screen: ChannelsScreen },
  { path: '/partners', screen: PartnersScreen },
  { path: '/audit', screen: AuditScreen },
  { path: '/mail', screen: MailScreen },
  { path: '/people/:id?', screen: PeopleScreen },
  { path: '/sign-in', screen: SignInScreen },
  { path: '/sessions', screen: SessionsScreen },
  { path: '/settings', screen: SettingsScreen },
];

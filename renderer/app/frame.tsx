import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { INCIDENT_COMMAND_ROLES } from '#shared/domain/command.ts';
import { ClaimQuestion } from '#renderer/triage/acts/claim-question.tsx';
import { useClaimNews } from '#renderer/triage/acts/use-claim-news.ts';
import { RegisterDialog } from '#renderer/triage/register/register-dialog.tsx';
import { useUndoLast } from '#renderer/triage/acts/use-undo.ts';
import type { Lane } from '#renderer/data/store/console-store.ts';
import { Banners } from './banners.tsx';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import classes from './frame.module.css';
import { KeySheet } from './key-sheet.tsx';
import type { KeyAction } from '#renderer/kit/keys/keys.ts';
import { Nav } from './nav.tsx';
import { OpeningOnSetup } from './opening-on-setup.tsx';
import { closePalette, openPalette, Palette } from './palette.tsx';
import { homeOf } from './nav-entries.ts';
import { ROUTES } from './screens.tsx';
import { TopStrip } from './top-strip.tsx';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useNetworkEvents } from './use-network-events.ts';
import { useShellEvents } from './use-shell-events.ts';
import { usePages } from '#renderer/kit/api/use-pages.ts';
import { useNotices } from '#renderer/kit/notices/use-notices.ts';

/** Lane that each `g`-key opens. */
const LANE_KEYS: Partial<Record<KeyAction, Lane>> = {
  laneNew: 'new',
  laneMine: 'mine',
  laneAgencies: 'agencies',
  laneApproval: 'approval',
  lanePublishing: 'publishing',
  lanePromised: 'promised',
  laneBurning: 'burning',
  laneOverdue: 'overdue',
};

const Screens = ({ home }: { readonly home: string }) => (
  <Switch>
    {ROUTES.map(({ path, screen }) => (
      <Route key={path} path={path} component={screen} />
    ))}
    <Route>
      <Redirect to={home} replace />
    </Route>
  </Switch>
);

/** Everything around a screen: strip, navigation, banners, palette, the sheet of keys. */
export function Frame() {
  const { t } = useTranslation();
  const [path, goTo] = useLocation();
  const [areKeysShown, setKeysShown] = useState(false);
  const [isRegistering, setRegistering] = useState(false);
  const { account } = useSession();
  const home = homeOf(account.role);
  const register = INCIDENT_COMMAND_ROLES.register.includes(account.role)
    ? (): void => setRegistering(true)
    : null;
  // It is outside the screens and would stand open before the next person.
  useEffect(() => closePalette, []);
  useNotices();
  useClaimNews();
  usePages();
  useNetworkEvents();
  useShellEvents();
  const undoLast = useUndoLast();
  useKeys({
    palette: openPalette,
    undo: undoLast,
    keys: () => setKeysShown(true),
    ...(register === null ? {} : { register }),
    goQueue: () => goTo(home),
    goNotAccepted: () => goTo('/not-accepted'),
    goSending: () => goTo('/sending'),
    goUnread: () => goTo('/unread'),
    goReports: () => goTo('/reports'),
    goRecords: () => goTo('/records/campaign'),
    goImport: () => goTo('/import'),
    ...(account.role === 'administrator'
      ? {
          goChannels: () => goTo('/channels'),
          goPartners: () => goTo('/partners'),
          goAudit: () => goTo('/audit'),
          goPeople: () => goTo('/people'),
          goMail: () => goTo('/mail'),
          goRules: () => goTo('/rules'),
          goAgencies: () => goTo('/agencies'),
          goPlaces: () => goTo('/places'),
          goTopics: () => goTo('/topics'),
          goSetup: () => goTo('/setup'),
          goRoutes: () => goTo('/routes'),
          goCalendar: () => goTo('/calendar'),
        }
      : {}),
    goSettings: () => goTo('/settings'),
    ...Object.fromEntries(
      Object.entries(LANE_KEYS).map(([action, lane]) => [action, () => goTo(`/queue/${lane}`)]),
    ),
  });
  return (
    <div className={classes['frame']}>
      <a className={classes['skip']} href="#screen">
        {t('frame.skip')}
      </a>
      <TopStrip />
      <Nav onKeys={() => setKeysShown(true)} />
      <main className={classes['main']} id="screen" tabIndex={-1}>
        <Banners />
        <ErrorBoundary key={path.split('/')[1]}>
          <div className={classes['screen']}>
            <Screens home={home} />
          </div>
        </ErrorBoundary>
      </main>
      <OpeningOnSetup home={home} />
      <Palette onRegister={register} onKeys={() => setKeysShown(true)} />
      <KeySheet isOpen={areKeysShown} onClose={() => setKeysShown(false)} />
      <ClaimQuestion />
      <RegisterDialog isOpen={isRegistering} onClose={() => setRegistering(false)} />
    </div>
  );
}

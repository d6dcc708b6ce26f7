import { Modal } from '@mantine/core';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { INVITATION_PATH } from '#shared/protocol/invitation.ts';
import { SIGNED_IN_PATH } from '#shared/protocol/sign-in.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Host } from '#renderer/host/host.ts';
import { InvitationScreen } from '#renderer/screens/login/invitation-screen.tsx';
import { LoginForm } from '#renderer/screens/login/login-form.tsx';
import { LoginScreen } from '#renderer/screens/login/login-screen.tsx';
import { SignedInScreen } from '#renderer/screens/login/signed-in-screen.tsx';
import { SignInWays } from '#renderer/screens/login/sign-in-ways.tsx';
import { SessionStages, type MakeStore } from './session-stages.ts';
import { CentreQueries } from '#renderer/kit/api/centre-queries.tsx';
import { profileOf } from '#renderer/data/session/own-keys.ts';
import { ConsoleProvider, type ConsoleParts } from '#renderer/kit/context/console-context.tsx';
import { Frame } from './frame.tsx';
import { OpeningFailed } from './opening-failed.tsx';
import { useOwedLogout } from './use-owed-logout.ts';
import { WaitingForWindow } from './waiting-for-window.tsx';

/** The words behind the `#` of an address that is a door; null elsewhere, and once it is left. */
function useDoor(path: string): [string | null, () => void] {
  const [token, setToken] = useState(() => (location.pathname === path ? location.hash.slice(1) : null));
  const leave = (): void => {
    history.replaceState(null, '', '/');
    setToken(null);
  };
  return [token, leave];
}

interface ConsoleProps {
  readonly makeStore: MakeStore;
  readonly host: Host;
  /** The session to begin with; by default the one this workstation remembers. */
  readonly first?: Session;
}

/**
 * From the door to the screens: logs in or goes on offline, opens the local copy, and keeps the screens while
 * logging in again.
 */
export function Console({ makeStore, host, first }: ConsoleProps) {
  const { t } = useTranslation();
  const [stages] = useState(() => new SessionStages(makeStore, host.copyFiles, first));
  const stage = useSyncExternalStore(stages.watch, stages.stage);
  useEffect(() => void stages.begin(), [stages]);
  useOwedLogout();
  const [isLoggingIn, setLoggingIn] = useState(false);
  const [invitation, leaveInvitation] = useDoor(INVITATION_PATH);
  const [signedIn, leaveSignedIn] = useDoor(SIGNED_IN_PATH);
  const hub = stage.name === 'in' ? stage.hub : null;
  const session = stage.name === 'in' ? stage.session : null;
  const isToGo = stage.name === 'in' && stage.isToGo;
  const parts = useMemo(
    (): ConsoleParts | null =>
      hub === null || session === null
        ? null
        : {
            hub,
            session,
            host,
            onLogout: stages.leave,
            isToGo,
            onForget: () => stages.forget(),
            onLoginAgain: () => setLoggingIn(true),
          },
    [hub, session, host, stages, isToGo],
  );
  const loggedInAgain = async (next: Session): Promise<void> => {
    setLoggingIn(false);
    await stages.goOn(next);
  };
  const entered = async (next: Session): Promise<void> => {
    leaveInvitation();
    leaveSignedIn();
    await stages.goOn(next);
  };
  if (stage.name === 'opening') return <WaitingForWindow />;
  if (invitation !== null)
    return <InvitationScreen token={invitation} onLogin={entered} onLeave={leaveInvitation} />;
  if (signedIn !== null)
    return <SignedInScreen refusal={signedIn} onLogin={entered} onLeave={leaveSignedIn} />;
  if (stage.name === 'failed')
    return (
      <OpeningFailed
        why={stage.why}
        message={stage.message}
        onRetry={() => void stages.open(stage.session)}
      />
    );
  if (stage.name === 'out') {
    const { last, forgetting } = stage;
    const { copyFiles } = host;
    return <LoginScreen {...{ last, forgetting, copyFiles }} onLogin={stages.open} />;
  }
  if (parts === null) return null;
  return (
    <ConsoleProvider parts={parts}>
      <CentreQueries key={profileOf(parts.session)}>
        <Frame />
      </CentreQueries>
      <Modal
        opened={isLoggingIn}
        onClose={() => setLoggingIn(false)}
        title={t('session.again')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <LoginForm login={parts.session.account.login} onLogin={loggedInAgain}>
          <SignInWays onLogin={loggedInAgain} />
        </LoginForm>
      </Modal>
    </ConsoleProvider>
  );
}

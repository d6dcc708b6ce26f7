import { Modal } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import type { Host } from '#renderer/host/host.ts';
import { LoginForm } from '#renderer/session/login-form.tsx';
import { LoginScreen } from '#renderer/session/login-screen.tsx';
import { forgetSession, rememberedSession, rememberSession } from '#renderer/session/remembered-session.ts';
import { logOut } from '#renderer/session/session-api.ts';
import type { ConsoleStore } from '#renderer/store/console-store.ts';
import { ConsoleProvider, type ConsoleParts } from './console-context.tsx';
import { Frame } from './frame.tsx';
import { OpeningFailed } from './opening-failed.tsx';
import { createStoreHub, type StoreHub } from './store-hub.ts';

/** Gives a store whose `open` has not been called yet; called once for every session that begins here. */
export type MakeStore = () => ConsoleStore | Promise<ConsoleStore>;

type Stage =
  | { readonly name: 'out' }
  | { readonly name: 'opening' }
  | { readonly name: 'failed'; readonly session: Session; readonly message: string }
  | { readonly name: 'in'; readonly session: Session; readonly hub: StoreHub };

interface ConsoleProps {
  readonly makeStore: MakeStore;
  readonly host: Host;
  /** The session to begin with; by default the one this workstation remembers. */
  readonly first?: Session;
}

function useStages(makeStore: MakeStore) {
  const [stage, setStage] = useState<Stage>({ name: 'opening' });
  const open = useCallback(
    async (session: Session): Promise<void> => {
      setStage({ name: 'opening' });
      try {
        const store = await makeStore();
        await store.open(session);
        rememberSession(session);
        setStage({ name: 'in', session, hub: await createStoreHub(store, session.region.timeZone) });
      } catch (error) {
        setStage({
          name: 'failed',
          session,
          message: error instanceof Error ? error.message : String(error),
        });
      }
    },
    [makeStore],
  );
  return { stage, setStage, open };
}

/** From the door to the screens: logs in or goes on offline, opens the local copy, and keeps the screens while logging in again. */
export function Console({ makeStore, host, first }: ConsoleProps) {
  const { t } = useTranslation();
  const { stage, setStage, open } = useStages(makeStore);
  const [isLoggingIn, setLoggingIn] = useState(false);
  const last = useMemo(() => first ?? rememberedSession(), [first]);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (wasAsked.current) return;
    wasAsked.current = true;
    // A session that has not run out opens by itself: a reload must not cost a login, with or without the network.
    if (last !== null && last.expiresAt > Date.now()) void open(last);
    else setStage({ name: 'out' });
  }, [last, open, setStage]);
  const hub = stage.name === 'in' ? stage.hub : null;
  const session = stage.name === 'in' ? stage.session : null;
  const parts = useMemo(
    (): ConsoleParts | null =>
      hub === null || session === null
        ? null
        : {
            hub,
            session,
            host,
            onLogout: async () => {
              await logOut();
              await hub.store.close();
              forgetSession();
              setStage({ name: 'out' });
            },
            onLoginAgain: () => setLoggingIn(true),
          },
    [hub, session, host, setStage],
  );
  const loggedInAgain = async (next: Session): Promise<void> => {
    setLoggingIn(false);
    if (session !== null && next.account.id === session.account.id) {
      rememberSession(next);
      await hub?.store.syncNow();
    } else {
      await hub?.store.close();
      await open(next);
    }
  };
  if (stage.name === 'opening') return null;
  if (stage.name === 'failed')
    return <OpeningFailed message={stage.message} onRetry={() => void open(stage.session)} />;
  if (parts === null) return <LoginScreen last={last} onLogin={open} />;
  return (
    <ConsoleProvider parts={parts}>
      <Frame />
      <Modal
        opened={isLoggingIn}
        onClose={() => setLoggingIn(false)}
        title={t('session.again')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <LoginForm login={parts.session.account.login} onLogin={loggedInAgain} />
      </Modal>
    </ConsoleProvider>
  );
}

import { Button, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/protocol/session.ts';
import type { SignInWay } from '#shared/protocol/sign-in.ts';
import { signInWays, startSignIn } from '#renderer/data/session/sign-in-api.ts';
import { callShell, shellBridge } from '#renderer/host/shell-bridge.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { loginTrouble } from './login-trouble.ts';
import { browserTrouble, signInByBrowser } from './sign-in-by-browser.ts';

/** After so long the centre is asked once more. */
const AGAIN_MS = 5000;

const cancel = (): void => {
  const bridge = shellBridge();
  if (bridge !== null) void callShell(bridge, 'signIn.cancel', null).catch(() => undefined);
};

/** Shown while the person is in their browser; what they see there bears the same mark. */
const InBrowser = ({ mark }: { readonly mark: string }) => {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // What had the focus is gone; and at a large zoom the mark would be below the edge.
    button.current?.focus();
    return cancel;
  }, []);
  return (
    <div className={classes['elsewhere']} role="status">
      <p>{t('session.browser.waiting')}</p>
      <p className={classes['mark']}>{mark}</p>
      <Button ref={button} variant="default" onClick={cancel}>
        {t('session.browser.cancel')}
      </Button>
    </div>
  );
};

/** Asks which ways there are, until the centre says: a workstation may start before its network. */
function followWays(take: (ways: readonly SignInWay[]) => void): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    const found = await signInWays();
    if (isOver) return;
    if (found === null) timer = setTimeout(() => void ask(), AGAIN_MS);
    else take(found);
  };
  void ask();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

interface SignInWaysProps {
  readonly onLogin: (session: Session) => Promise<void>;
}

/** A button for each system of others that lets people in; nothing where there is none. */
export const SignInWays = ({ onLogin }: SignInWaysProps) => {
  const { t } = useTranslation();
  const [ways, setWays] = useState<readonly SignInWay[]>([]);
  const [trouble, setTrouble] = useState('');
  const [leaving, setLeaving] = useState('');
  const [mark, setMark] = useState('');
  useEffect(() => followWays(setWays), []);
  if (ways.length === 0) return null;
  /** Gives why it goes no further; '' where it does, or the person turned round. */
  const leave = async (region: string): Promise<string> => {
    const bridge = shellBridge();
    if (bridge !== null) {
      const result = await signInByBrowser(bridge, region, setMark);
      if (result.kind !== 'logged_in') return browserTrouble(result, t);
      await onLogin(result.session);
      return '';
    }
    const result = await startSignIn(region);
    if (result.kind !== 'begun') return loginTrouble(result, t);
    location.assign(result.url);
    return new Promise(() => undefined);
  };
  const go = async (region: string): Promise<void> => {
    setTrouble('');
    setLeaving(region);
    setTrouble(await leave(region).catch(() => t('error.internal')));
    setLeaving('');
    setMark('');
  };
  if (mark !== '') return <InBrowser mark={mark} />;
  return (
    <Stack gap="sm" mt="sm">
      {ways.map(({ region, regionName, name }) => (
        <Button
          key={region}
          variant="default"
          loading={leaving === region}
          disabled={leaving !== '' && leaving !== region}
          onClick={() => void go(region)}
          styles={{ root: { height: 'auto', minHeight: 36 }, label: { whiteSpace: 'normal' } }}
        >
          {ways.length === 1 ? t('session.by', { name }) : t('session.byOf', { name, region: regionName })}
        </Button>
      ))}
      {trouble !== '' && (
        <div className={classes['trouble']} role="alert">
          {trouble}
        </div>
      )}
    </Stack>
  );
};

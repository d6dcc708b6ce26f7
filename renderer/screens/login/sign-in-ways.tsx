import { Button, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInWay } from '#shared/protocol/sign-in.ts';
import { signInWays, startSignIn } from '#renderer/data/session/sign-in-api.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { loginTrouble } from './login-trouble.ts';

/** The shell has no page that a provider could send back to. */
const isBrowser = (): boolean => location.protocol.startsWith('http');

/** A button for each system of others that lets people in; nothing where there is none. */
export const SignInWays = () => {
  const { t } = useTranslation();
  const [ways, setWays] = useState<readonly SignInWay[]>([]);
  const [trouble, setTrouble] = useState('');
  const [leaving, setLeaving] = useState('');
  useEffect(() => {
    let isHere = true;
    if (isBrowser()) void signInWays().then((found) => isHere && setWays(found));
    return () => {
      isHere = false;
    };
  }, []);
  if (ways.length === 0) return null;
  const go = async (region: string): Promise<void> => {
    setTrouble('');
    setLeaving(region);
    const result = await startSignIn(region);
    if (result.kind === 'begun') return location.assign(result.url);
    setTrouble(loginTrouble(result, t));
    setLeaving('');
  };
  return (
    <Stack gap="sm" mt="sm">
      {ways.map(({ region, regionName, name }) => (
        <Button
          key={region}
          variant="default"
          loading={leaving === region}
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

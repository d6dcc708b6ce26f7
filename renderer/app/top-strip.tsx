import { Menu } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useForget } from './use-forget.tsx';
import { useLogout } from './use-logout.tsx';
import { useOwnSecret } from './use-own-secret.tsx';
import { useConsole, useSession, useStatus, useStore } from '#renderer/kit/context/console-context.tsx';
import classes from './frame.module.css';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useTruth } from '#renderer/kit/context/use-truth.ts';
import { openPalette } from './palette.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';

const NetworkTruth = () => {
  const store = useStore();
  const { onLoginAgain } = useConsole();
  const truth = useTruth();
  const needsLogin = useStatus().connection.state === 'needs_login';
  return (
    <button
      type="button"
      className={classes['truth']}
      title={truth.hint}
      onClick={() => (needsLogin ? onLoginAgain() : void store.syncNow())}
    >
      <i className={classes['dot']} data-state={truth.tone} />
      <span role="status" className={truth.tone === 'bad' ? classes['bad'] : undefined}>
        {truth.text}
      </span>
    </button>
  );
};

const UserMenu = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  const [, goTo] = useLocation();
  const logout = useLogout();
  const forget = useForget();
  const ownSecret = useOwnSecret();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={classes['user']}>
          {account.displayName}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(`role.${account.role}`)}</Menu.Label>
        <Menu.Item onClick={() => goTo('/settings')}>{t('nav.settings')}</Menu.Item>
        <Menu.Item onClick={() => goTo('/sessions')}>{t('sessions.title')}</Menu.Item>
        <Menu.Item onClick={ownSecret.open}>{ownSecret.title}</Menu.Item>
        <Menu.Item onClick={logout.ask}>{t('session.logout')}</Menu.Item>
        <Menu.Item onClick={forget.ask}>{t('forget.item')}</Menu.Item>
      </Menu.Dropdown>
      {ownSecret.dialog}
      {logout.dialog}
      {forget.dialog}
    </Menu>
  );
};

/** The strip at the top: what this is, search, the truth about the network, the region's time, who works. */
export const TopStrip = () => {
  const { t } = useTranslation();
  const { region } = useSession();
  const when = useWhen();
  const now = useNow();
  return (
    <header className={classes['strip']}>
      <div className={classes['brand']}>
        <strong>{t('frame.brand')}</strong>
        <span title={region.name}>{region.name}</span>
      </div>
      <button type="button" className={classes['find']} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <span>{t('frame.find')}</span>
        {KEY_MAP.palette.shown.map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </button>
      <div className={classes['state']}>
        <NetworkTruth />
        <time
          dateTime={new Date(now).toISOString()}
          title={region.timeZone}
        >{`${when.day(now)} · ${when.time(now)}`}</time>
        <UserMenu />
      </div>
    </header>
  );
};

import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChannelBanner } from './channel-banner.tsx';
import { DeputyBanner } from './deputy-banner.tsx';
import { FeedBanner } from './feed-banner.tsx';
import type { Alarm } from '#renderer/data/sync/sync-status.ts';
import { LeftBehindBanner } from './left-behind-banner.tsx';
import { ShelvedBanner } from './shelved-banner.tsx';
import { ShellBanners } from './shell-banners.tsx';
import { useConsole, useStatus, useStore } from '#renderer/kit/context/console-context.tsx';
import classes from './frame.module.css';
import { reloadConsole, useReloadReason } from './updates.ts';
import { WaitingBanner } from './waiting-for-window.tsx';

/** The name of an alarm's sentence under `alarm`. */
function nameOf(alarm: Alarm) {
  switch (alarm.kind) {
    case 'journal_failed':
      return `journal_failed.${alarm.why}` as const;
    case 'storage_failed':
      return `storage_failed.${alarm.why}` as const;
    default:
      return alarm.kind;
  }
}

/** The number of things an alarm speaks of. */
function countOf(alarm: Alarm): number {
  if ('reimported' in alarm) return alarm.reimported;
  if ('repaired' in alarm) return alarm.repaired;
  if ('offered' in alarm) return alarm.offered;
  return 'rows' in alarm ? alarm.rows : 0;
}

const isBad = (alarm: Alarm): boolean =>
  'why' in alarm || alarm.kind === 'disk_full' || alarm.kind === 'dismissed';

/** Puts what stands in the way of the work before what is only to be known. */
const worstFirst = (alarms: readonly Alarm[]): readonly Alarm[] =>
  alarms.toSorted((a, b) => Number(isBad(b)) - Number(isBad(a)));

/** The browser's own words end with a full stop; our sentence goes on after them. */
const valuesOf = (alarm: Alarm): object =>
  'message' in alarm ? { ...alarm, message: alarm.message.replace(/\.$/, '') } : alarm;

const AlarmBanner = ({ alarm }: { readonly alarm: Alarm }) => {
  const { t } = useTranslation();
  const store = useStore();
  return (
    <div className={classes['banner']} data-tone={isBad(alarm) ? 'bad' : 'warn'} role="alert">
      <span>
        {t(`alarm.${nameOf(alarm)}`, {
          ...valuesOf(alarm),
          count: countOf(alarm),
        })}
      </span>
      <CloseButton
        size="sm"
        aria-label={t('common.close')}
        onClick={() => void store.dismissAlarm(alarm.kind)}
      />
    </div>
  );
};

/** Banners that the person must see before going on: an ended session, a lost local copy, a full disk. */
export const Banners = () => {
  const { t } = useTranslation();
  const { connection, alarms, unsent } = useStatus();
  const { onLoginAgain, isToGo } = useConsole();
  const reloadReason = useReloadReason();
  return (
    <div className={classes['banners']}>
      {reloadReason !== null && (
        <div className={classes['banner']} role="status">
          <span>{t(`update.${reloadReason}`)}</span>
          <Button size="compact-sm" onClick={reloadConsole}>
            {t('update.reload')}
          </Button>
        </div>
      )}
      <WaitingBanner />
      <ShellBanners />
      <ChannelBanner />
      <FeedBanner />
      <DeputyBanner />
      <LeftBehindBanner />
      <ShelvedBanner />
      {connection.state === 'needs_login' && (
        <div className={classes['banner']} role="alert">
          <span>{t('session.expired')}</span>
          <Button size="compact-sm" onClick={onLoginAgain}>
            {t('session.login')}
          </Button>
        </div>
      )}
      {isToGo && (
        <div className={classes['banner']} data-tone="warn" role="status">
          <span>{t('forget.toGo', { count: unsent })}</span>
        </div>
      )}
      {connection.state === 'failed' && (
        <div className={classes['banner']} data-tone="bad" role="alert">
          <span>{t(`truth.stopped.${connection.kind}`, { message: connection.message })}</span>
        </div>
      )}
      {worstFirst(alarms).map((alarm) => (
        <AlarmBanner key={alarm.kind} alarm={alarm} />
      ))}
    </div>
  );
};

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateState } from '#shared/protocol/ipc.ts';
import classes from './frame.module.css';
import { callShell } from '#renderer/host/shell-bridge.ts';
import { shellHere, useShellState } from '#renderer/host/shell-state.ts';

const STEP = { available: 'update.download', ready: 'update.install' } as const;

/** A new version and what the person may do about it: nothing is fetched or changed without their word. */
const UpdateBanner = ({ update }: { readonly update: UpdateState }) => {
  const { t } = useTranslation();
  if (update.kind === 'off' || update.kind === 'idle') return null;
  const values =
    update.kind === 'downloading' ? { ...update, percent: Math.round(update.percent) } : { ...update };
  return (
    <div
      className={classes['banner']}
      role="status"
      {...(update.kind === 'failed' ? { 'data-tone': 'warn' } : {})}
    >
      <span>{t(`shell.update.${update.kind}`, values)}</span>
      {(update.kind === 'available' || update.kind === 'ready') && (
        <Button size="compact-sm" onClick={() => void callShell(shellHere().bridge, STEP[update.kind], null)}>
          {t(`shell.update.do.${update.kind}`)}
        </Button>
      )}
    </div>
  );
};

/** Banners of the application around the console; none in a browser. */
export const ShellBanners = () => {
  const { t } = useTranslation();
  const state = useShellState();
  const [isCrashShown, setCrashShown] = useState(true);
  if (state === null) return null;
  return (
    <>
      <UpdateBanner update={state.update} />
      {state.sealing === 'unreadable' && (
        <div className={classes['banner']} data-tone="bad" role="alert">
          <span>{t('shell.sealing.unreadable')}</span>
        </div>
      )}
      {state.isAfterCrash && isCrashShown && (
        <div className={classes['banner']} role="status">
          <span>{t('shell.afterCrash')}</span>
          <Button size="compact-sm" variant="default" onClick={() => setCrashShown(false)}>
            {t('common.close')}
          </Button>
        </div>
      )}
    </>
  );
};

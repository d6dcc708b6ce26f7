import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '#renderer/kit/layout/administration.module.css';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { pause } from '#renderer/data/sync/pause.ts';
import { readLog, replayLog } from '#renderer/kit/api/channels-api.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { LogTable } from './log-table.tsx';

/** The centre reads events one after another; before that the log would look empty. */
const REREAD_MS = 1500;

/** Events of a page that entered no queue, each with its reason and a button to have it read again. */
export function EventLog({ page, isLive }: { readonly page: string; readonly isLive: boolean }) {
  const { t } = useTranslation();
  const log = useCentreQuery(['log', page], () => readLog(page));
  const replay = useCentreAction(
    () => replayLog(page),
    async ({ events }) => {
      tellDone(t('channels.replayed', { count: events }));
      await pause(REREAD_MS);
      await log.refresh();
    },
  );
  const { error, value } = log;
  if (error !== null) return <p className={classes['bad']}>{t(`error.${error}`)}</p>;
  if (value === null)
    return isLive ? (
      <Loader mt="sm" size="sm" aria-label={t('centre.reading')} />
    ) : (
      <p className={classes['hint']}>{t('channels.logOffline')}</p>
    );
  if (value.events.length === 0) return <p className={classes['hint']}>{t('channels.logEmpty')}</p>;
  return (
    <>
      <div className={classes['head']}>
        <p className={classes['hint']}>{t('channels.logHint')}</p>
        <Button
          size="compact-sm"
          variant="default"
          loading={replay.isPending}
          disabled={!isLive}
          onClick={() => replay.run()}
        >
          {t('channels.replay')}
        </Button>
      </div>
      <LogTable page={page} events={value.events} isLive={isLive} onTaken={() => void log.refresh()} />
    </>
  );
}

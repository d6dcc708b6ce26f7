import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '#renderer/kit/layout/administration.module.css';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
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
  return (
    <CentreLog
      log={log}
      offline={t('channels.logOffline')}
      empty={t('channels.logEmpty')}
      isEmpty={({ events }) => events.length === 0}
    >
      {({ events }) => (
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
          <LogTable page={page} events={events} isLive={isLive} onTaken={() => void log.refresh()} />
        </>
      )}
    </CentreLog>
  );
}

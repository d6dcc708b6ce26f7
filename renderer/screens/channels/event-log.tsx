import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { pause } from '#renderer/data/sync/pause.ts';
import { readLog, replayLog, type LoggedEvent } from '#renderer/kit/api/channels-api.ts';
import { LogTable } from './log-table.tsx';

/** The centre reads events one after another; before that the log would look empty. */
const REREAD_MS = 1500;

/** What a page brought that entered no queue, why, and the button to have it read again. */
export function EventLog({ page, isLive }: { readonly page: string; readonly isLive: boolean }) {
  const { t } = useTranslation();
  const [events, setEvents] = useState<readonly LoggedEvent[] | null>(null);
  const [error, setError] = useState<ApiErrorKind | null>(null);
  const [isReplaying, setReplaying] = useState(false);
  const take = useCallback((answer: Awaited<ReturnType<typeof readLog>>) => {
    if (answer.ok) setEvents(answer.value.events);
    setError(answer.ok ? null : answer.error);
  }, []);
  const now = useNow();
  useEffect(() => {
    if (isLive) void readLog(page).then(take);
  }, [isLive, now, page, take]);
  const replay = async (): Promise<void> => {
    setReplaying(true);
    const answer = await replayLog(page);
    if (answer.ok) {
      tellDone(t('channels.replayed', { count: answer.value.events }));
      await pause(REREAD_MS);
      take(await readLog(page));
    } else tellTrouble(t(`error.${answer.error}`), t('common.close'));
    setReplaying(false);
  };
  if (error !== null) return <p className={classes['bad']}>{t(`error.${error}`)}</p>;
  if (events === null)
    return isLive ? (
      <Loader mt="sm" size="sm" aria-label={t('centre.reading')} />
    ) : (
      <p className={classes['hint']}>{t('channels.logOffline')}</p>
    );
  if (events.length === 0) return <p className={classes['hint']}>{t('channels.logEmpty')}</p>;
  return (
    <>
      <div className={classes['head']}>
        <p className={classes['hint']}>{t('channels.logHint')}</p>
        <Button
          size="compact-sm"
          variant="default"
          loading={isReplaying}
          disabled={!isLive}
          onClick={() => void replay()}
        >
          {t('channels.replay')}
        </Button>
      </div>
      <LogTable page={page} events={events} isLive={isLive} onTaken={() => void readLog(page).then(take)} />
    </>
  );
}

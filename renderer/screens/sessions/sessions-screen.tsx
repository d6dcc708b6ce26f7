import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import {
  endedSessionsSchema,
  personSessionsSchema,
  type EndedSessions,
  type PersonSession,
} from '#shared/protocol/accounts.ts';
import { askBelow, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { Freshness, Head } from '#renderer/kit/layout/administration.tsx';
import classes from '#renderer/kit/layout/administration.module.css';
import { Column } from '#renderer/kit/layout/column.tsx';
import { SessionList } from '#renderer/kit/sessions/session-list.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { OwnFactorSection } from './own-factor.tsx';

const ask = askBelow('/api/v1/sessions', 20_000);
const readOwn = (): Promise<CentreAnswer<{ sessions: PersonSession[] }>> => ask('', personSessionsSchema);
/** Ends one of one's own sessions; null: all but this one. */
const endOwn = (id: string | null): Promise<CentreAnswer<EndedSessions>> =>
  ask('/end', endedSessionsSchema, { method: 'POST', body: { id } });

/** Where one is logged in, and ending that. */
export function SessionsScreen() {
  const { t } = useTranslation();
  const own = useCentreQuery(['own-sessions'], readOwn);
  const ending = useCentreAction(endOwn, ({ ended }) => {
    tellDone(t('sessions.ended', { count: ended }));
    return own.refresh();
  });
  useEffect(() => {
    document.title = t('sessions.documentTitle');
  }, [t]);
  const sessions = own.value?.sessions ?? [];
  const isOff = !own.isLive || ending.isPending;
  return (
    <Column width={960}>
      <Head title={t('sessions.title')}>
        {sessions.length > 1 && (
          <Button variant="default" disabled={isOff} onClick={() => ending.run(null)}>
            {t('sessions.endOthers')}
          </Button>
        )}
      </Head>
      <p className={classes['hint']}>{t('sessions.hint')}</p>
      <Freshness
        data={own}
        nothing={t('sessions.offlineNothing')}
        kept={(at) => t('sessions.offlineKept', { at })}
        unread={t('sessions.unread')}
      />
      {sessions.length > 0 && (
        <SessionList
          sessions={sessions}
          action={({ id, device }) => (
            <Button
              size="compact-sm"
              variant="default"
              disabled={isOff}
              aria-label={`${t('sessions.end')}: ${device}`}
              onClick={() => ending.run(id)}
            >
              {t('sessions.end')}
            </Button>
          )}
        />
      )}
      <OwnFactorSection />
    </Column>
  );
}

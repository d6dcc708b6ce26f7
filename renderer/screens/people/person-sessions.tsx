import { useTranslation } from 'react-i18next';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { SessionList } from '#renderer/kit/sessions/session-list.tsx';
import { readSessionsOf } from './people-api.ts';
import classes from './people.module.css';

/** Where somebody is logged in. */
export function PersonSessions({ person: { id, sessions } }: { readonly person: ListedAccount }) {
  const { t } = useTranslation();
  // Anew when their number has changed: some were ended.
  const log = useCentreQuery(['sessions', id, sessions], () => readSessionsOf(id));
  return (
    <section aria-label={t('sessions.table')}>
      <h3 className={classes['title']}>{t('sessions.table')}</h3>
      <CentreLog
        log={log}
        offline={t('sessions.offlineNothing')}
        empty={t('sessions.none')}
        isEmpty={({ sessions: all }) => all.length === 0}
      >
        {({ sessions: all }) => <SessionList sessions={all} />}
      </CentreLog>
    </section>
  );
}

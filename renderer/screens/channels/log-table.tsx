import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { takeLogged, type LoggedEvent } from '#renderer/kit/api/channels-api.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import own from './channels.module.css';
import { eventWords, isTakable, isUnread, reasonWords } from './page-words.ts';

interface Props {
  readonly page: string;
  readonly events: readonly LoggedEvent[];
  readonly isLive: boolean;
  /** Called when a message of the log became an incident. */
  readonly onTaken: () => void;
}

/** Events of a page that entered no queue: what they say, and why they stayed out. */
export function LogTable({ page, events, isLive, onTaken }: Props) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <ScrollTable
      label={t('channels.log')}
      heads={[
        t('channels.came'),
        t('channels.what'),
        t('channels.why'),
        <span key="actions" className={own['unseen']}>
          {t('incident.actions')}
        </span>,
      ]}
    >
      {events.map((event) => (
        <tr key={event.key}>
          <td>{when.full(event.receivedAt)}</td>
          <td>
            {eventWords(event, t)}
            {event.message !== null && (
              <p lang="ru">
                <b>{event.message.author}</b> {event.message.text}
              </p>
            )}
          </td>
          <td>{reasonWords(event, t)}</td>
          <td>
            {isUnread(event) && <Link href="/unread">{t('channels.health.lookUnread')}</Link>}
            {isTakable(event) && <Take page={page} event={event} isLive={isLive} onTaken={onTaken} />}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}

/** Makes an incident of a message that a rule kept out of the queue. */
function Take({ page, event, isLive, onTaken }: Omit<Props, 'events'> & { readonly event: LoggedEvent }) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const take = useCentreAction(
    () => takeLogged(page, event.key),
    ({ incident }) => {
      if (incident === null) return tellTrouble(t('channels.notTaken'), t('common.close'));
      tellDone(t('channels.taken'), { label: t('action.open'), run: () => goTo(`/incident/${incident}`) });
      onTaken();
    },
  );
  return (
    <Button
      size="compact-sm"
      variant="light"
      loading={take.isPending}
      disabled={!isLive}
      onClick={() => take.run()}
    >
      {t('channels.take')}
    </Button>
  );
}

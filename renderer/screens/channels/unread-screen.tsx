import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '#renderer/kit/layout/administration.module.css';
import { Freshness } from '#renderer/kit/layout/administration.tsx';
import { Column } from '#renderer/kit/layout/column.tsx';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { RegisterDialog } from '#renderer/triage/register/register-dialog.tsx';
import { useRefreshPages } from '#renderer/kit/api/use-pages.ts';
import own from './channels.module.css';
import { eventWords, reasonWords } from './page-words.ts';
import { readUnreadEvents, type UnreadEvent } from './unread-api.ts';
import { useUnread } from './use-unread.ts';

/**
 * Events from the networks that could not be read: a person looks at each, registers it by hand or puts it
 * away.
 */
export function UnreadScreen() {
  const { t } = useTranslation();
  const { account } = useSession();
  useEffect(() => {
    document.title = t('unread.documentTitle');
  }, [t]);
  const mayLook = account.role !== 'executor' && account.role !== 'observer';
  return (
    <Column width={960}>
      <h1>{t('unread.title')}</h1>
      {mayLook ? <UnreadList /> : <p className={classes['hint']}>{t('unread.mayNot')}</p>}
    </Column>
  );
}

function UnreadList() {
  const { t } = useTranslation();
  const waiting = useCentreQuery(['unread'], readUnreadEvents);
  const refreshPages = useRefreshPages();
  const [place, setPlace] = useState(0);
  const work = useUnread(() => {
    void waiting.refresh();
    void refreshPages();
  });
  const events = waiting.value ?? [];
  const at = Math.min(place, events.length - 1);
  const chosen = events[at];
  const mayAct = waiting.isLive && !work.isBusy && chosen !== undefined;
  useKeys({
    next: () => setPlace(Math.min(at + 1, events.length - 1)),
    previous: () => setPlace(Math.max(at - 1, 0)),
    ...(mayAct && {
      unreadRegister: () => work.register(chosen),
      unreadPutAway: () => work.putAway(chosen),
    }),
  });
  return (
    <>
      <Freshness
        data={waiting}
        nothing={t('unread.offline')}
        kept={(moment) => t('unread.kept', { at: moment })}
        unread={t('unread.failed')}
      />
      {waiting.value !== null && (
        <p className={classes['hint']}>{t(events.length === 0 ? 'unread.empty' : 'unread.hint')}</p>
      )}
      <ul className={own['unreadList']}>
        {events.map((unread, index) => (
          <UnreadRow
            key={`${unread.page.id} ${unread.event.key}`}
            unread={unread}
            isChosen={index === at}
            isLive={waiting.isLive && !work.isBusy}
            onRegister={() => work.register(unread)}
            onPutAway={() => work.putAway(unread)}
          />
        ))}
      </ul>
      <RegisterDialog isOpen={work.found !== null} found={work.found} onClose={work.close} />
    </>
  );
}

interface RowProps {
  readonly unread: UnreadEvent;
  readonly isChosen: boolean;
  readonly isLive: boolean;
  readonly onRegister: () => void;
  readonly onPutAway: () => void;
}

const Key = ({ action }: { readonly action: 'unreadRegister' | 'unreadPutAway' }) => (
  <kbd>{KEY_MAP[action].shown[0]}</kbd>
);

function UnreadRow({ unread: { page, event }, isChosen, isLive, onRegister, onPutAway }: RowProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const about = [
    t(`network.${page.network}`, { defaultValue: page.network }),
    page.name,
    when.full(event.receivedAt),
  ];
  return (
    <li className={classes['part']} data-chosen={isChosen ? '' : undefined} aria-current={isChosen}>
      <p className={classes['hint']}>{about.join(' · ')}</p>
      <p lang="ru" className={own['unreadWords']}>
        {event.message === null ? t('unread.noWords') : event.message.text}
      </p>
      <p className={classes['hint']}>
        {[event.message?.author ?? '', eventWords(event, t), reasonWords(event, t)]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <div className={own['unreadTools']}>
        <Button size="compact-sm" disabled={!isLive} onClick={onRegister}>
          {t('unread.register')}
          {isChosen && <Key action="unreadRegister" />}
        </Button>
        <Button size="compact-sm" variant="default" disabled={!isLive} onClick={onPutAway}>
          {t('unread.putAway')}
          {isChosen && <Key action="unreadPutAway" />}
        </Button>
      </div>
    </li>
  );
}

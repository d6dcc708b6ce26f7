import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Column } from '#renderer/kit/layout/column.tsx';
import { useIncident, useSession } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import type { Sending } from '#renderer/triage/sending/sending-api.ts';
import { SendingRow } from '#renderer/triage/sending/sending-row.tsx';
import { NEED_A_PERSON } from '#renderer/triage/sending/sending-words.ts';
import classes from '#renderer/triage/sending/sending.module.css';
import { useSending } from '#renderer/triage/sending/use-sending.ts';
import { Warning } from '#renderer/kit/layout/warning.tsx';

function UnsentRow({ sending, onChanged }: { readonly sending: Sending; readonly onChanged: () => void }) {
  const { t } = useTranslation();
  const incident = useIncident(sending.incident);
  const origin = useIncident(sending.origin);
  const number = incident?.number ?? null;
  const network = t(`network.${sending.network}`, { defaultValue: sending.network });
  const author = sending.author || origin?.author.name || t('card.noAuthor');
  return (
    <SendingRow
      sending={sending}
      title={
        <>
          <Link href={`/incident/${sending.incident}`}>
            {number === null ? t('card.noNumber') : t('card.number', { number })}
          </Link>{' '}
          {t('sending.to', { author, network, page: sending.page })}
        </>
      }
      source={origin?.source.url ?? ''}
      onChanged={onChanged}
    />
  );
}

/** Replies that are not out yet: first those that wait for a person, then those that go out by themselves. */
export function SendingScreen() {
  const { t } = useTranslation();
  const { account } = useSession();
  const isLive = useIsLive();
  useEffect(() => {
    document.title = t('sending.documentTitle');
  }, [t]);
  const mayLook = account.role !== 'executor' && account.role !== 'observer';
  return (
    <Column width={960}>
      <h1>{t('sending.screen')}</h1>
      {!mayLook && <p className={classes['hint']}>{t('sending.mayNot')}</p>}
      {mayLook && !isLive && <Warning title={t('centre.away')}>{t('sending.offline')}</Warning>}
      {mayLook && isLive && <Unsent />}
    </Column>
  );
}

function Unsent() {
  const { t } = useTranslation();
  const { replies, refresh } = useSending(null);
  if (replies === null) return <Loader size="sm" role="status" aria-label={t('centre.reading')} />;
  if (replies.length === 0) return <p className={classes['hint']}>{t('sending.empty')}</p>;
  const groups = {
    calls: replies.filter(({ state }) => NEED_A_PERSON.has(state)),
    moves: replies.filter(({ state }) => !NEED_A_PERSON.has(state)),
  };
  return (['calls', 'moves'] as const).map(
    (group) =>
      groups[group].length > 0 && (
        <section key={group} className={classes['group']} aria-label={t(`sending.group.${group}`)}>
          <h2>{t(`sending.group.${group}`)}</h2>
          <ul className={classes['rows']}>
            {groups[group].map((sending) => (
              <UnsentRow key={sending.id} sending={sending} onChanged={refresh} />
            ))}
          </ul>
        </section>
      ),
  );
}

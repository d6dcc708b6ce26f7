import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useIncident } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { cancelSending, type Sending } from './sending-api.ts';
import { SendingRow } from './sending-row.tsx';
import classes from './sending.module.css';
import { useSending } from './use-sending.ts';

/** To whom: the author's name, and the page in whose name when there are several authors. */
function AuthorRow(props: {
  readonly sending: Sending;
  readonly incident: Incident;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { sending, incident, onChanged } = props;
  const origin = useIncident(sending.origin);
  const network = t(`network.${sending.network}`, { defaultValue: sending.network });
  const author = sending.author || origin?.author.name || t('card.noAuthor');
  return (
    <SendingRow
      sending={sending}
      title={t('sending.to', { author, network, page: sending.page })}
      source={origin?.source.url ?? incident.source.url}
      onChanged={onChanged}
    />
  );
}

/** Takes several replies back; true when at least one of them was not too late. */
async function cancelAll(queued: readonly Sending[]): Promise<CentreAnswer<boolean>> {
  const answers = await Promise.all(queued.map(({ id }) => cancelSending(id)));
  return { ok: true, value: answers.some((answer) => answer.ok && answer.value.cancelled) };
}

/**
 * Progress of Pult's own publishing of the approved reply, to each author it goes to, so that nobody
 * publishes it a second time by hand. On the card of a merged message it shows the answer to its author.
 */
export const SendingState = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { id, replies: written, step } = incident;
  const { replies, refresh } = useSending(id, step.name === 'publishing');
  const undoAll = useCentreAction(cancelAll, (isUndone) => {
    if (isUndone) tellDone(t('sending.undone'));
    refresh();
  });
  // A row of an earlier reply says nothing about this one.
  const shown = (replies ?? []).filter(({ incident: root, reply }) =>
    root === id ? reply === written.length - 1 : step.name === 'merged',
  );
  // One author's published answer stands in the talk with its link; more would only repeat it.
  if (shown.length === 0 || (step.name !== 'publishing' && step.name !== 'merged' && shown.length === 1))
    return null;
  const queued = shown.filter(({ state }) => state === 'queued');
  const sent = shown.filter(({ state }) => state === 'sent').length;
  return (
    <section className={classes['state']} aria-label={t('sending.title')} role="status">
      <header>
        <h2>{t('sending.title')}</h2>
        {shown.length > 1 && <span>{t('sending.progress', { sent, count: shown.length })}</span>}
        {queued.length > 1 && (
          <Button size="compact-sm" variant="light" onClick={() => undoAll.run(queued)}>
            {t('sending.undoAll')}
          </Button>
        )}
      </header>
      <ul className={classes['rows']}>
        {shown.map((sending) => (
          <AuthorRow key={sending.id} sending={sending} incident={incident} onChanged={refresh} />
        ))}
      </ul>
    </section>
  );
};

import { useTranslation } from 'react-i18next';
import { waitedMinutes } from '#shared/domain/approval-time.ts';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import styles from './approval.module.css';

/** Whose reply waits, of which kind, since when and for how long. */
export const WaitingLine = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const when = useWhen();
  const now = useNow();
  const reply = openReply(incident);
  if (reply === null) return null;
  const { since } = incident.step;
  const waited = formatDuration(waitedMinutes(since, now, reference.calendar), language);
  const who = [
    reply.agency === '' ? '' : agencyName(reference, reply.agency),
    personName(reference, reply.by),
  ];
  return (
    <header className={styles['head']}>
      <b data-kind={reply.kind}>{t(`replyKind.${reply.kind}`)}</b>
      <span>{who.filter(Boolean).join(' · ')}</span>
      <span>{t('approval.waits', { at: when.short(since, now), waited })}</span>
    </header>
  );
};

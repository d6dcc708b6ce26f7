import { useTranslation } from 'react-i18next';
import { waitedMinutes } from '#shared/domain/approval-time.ts';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { useProfile, useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName } from '#renderer/kit/context/reference.ts';
import { paceToday } from '#renderer/kit/preferences/approval-pace.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import styles from './approval.module.css';

/** Whose reply waits, of which kind, how long beside the centre's target, and the approver's own pace. */
export const WaitingLine = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const when = useWhen();
  const now = useNow();
  const profile = useProfile();
  const reply = openReply(incident);
  if (reply === null) return null;
  const { since } = incident.step;
  const { approvalMinutes } = reference.regulation;
  const minutes = waitedMinutes(since, now, reference.calendar);
  const waited = formatDuration(minutes, language);
  const target = formatDuration(approvalMinutes, language);
  const pace = paceToday(profile, now, when);
  const who = [
    reply.agency === '' ? '' : agencyName(reference, reply.agency),
    personName(reference, reply.by),
  ];
  return (
    <header className={styles['head']}>
      <b data-kind={reply.kind}>{t(`replyKind.${reply.kind}`)}</b>
      <span>{who.filter(Boolean).join(' · ')}</span>
      <span data-tone={minutes > approvalMinutes ? 'late' : undefined}>
        {t('approval.waits', { at: when.short(since, now), waited, target })}
      </span>
      {pace.median !== null && (
        <span data-tone={pace.median > approvalMinutes ? 'late' : undefined}>
          {t('approval.pace', { count: pace.count, median: formatDuration(pace.median, language) })}
        </span>
      )}
    </header>
  );
};

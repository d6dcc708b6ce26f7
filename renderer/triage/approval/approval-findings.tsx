import { useTranslation } from 'react-i18next';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import card from '#renderer/triage/fields/card.module.css';
import { CameAnswerLine } from '#renderer/triage/messages/came-answer.tsx';
import { Diff } from '#renderer/triage/messages/diff.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import type { Approval } from './use-approval.ts';

interface FindingsProps {
  readonly incident: Incident;
  readonly approval: Approval;
  /** True while the text is being mended: what was submitted stays beside it. */
  readonly isMending: boolean;
}

/** Dates that the reply promises, and those whose words the approver has taken out of the text. */
const Promised = ({ incident, approval }: Omit<FindingsProps, 'isMending'>) => {
  const { t } = useTranslation();
  const when = useWhen();
  const promises = openReply(incident)?.promises ?? [];
  if (promises.length === 0) return null;
  return (
    <ul className={styles['promises']} aria-label={t('approval.promises')}>
      {promises.map(({ phrase, due }) => (
        <li key={`${phrase} ${due}`}>
          {t('reply.promise', { phrase, due: `${when.day(due)} ${when.time(due)}` })}
          {!approval.text.includes(phrase) && ` ${t('approval.promiseGone')}`}
        </li>
      ))}
    </ul>
  );
};

/** Shows what goes out with a reply, what it binds to, and how the approver's text differs. */
export const ApprovalFindings = ({ incident, approval, isMending }: FindingsProps) => {
  const { t } = useTranslation();
  const { seen, text, isMended } = approval;
  return (
    <>
      <CameAnswerLine reply={openReply(incident)} />
      <FileStrip incident={incident.id} files={openReply(incident)?.attachments} label={t('reply.files')} />
      <Promised incident={incident} approval={approval} />
      {(isMended || isMending) && (
        <div className={card['source']}>
          <b>{t(isMended ? 'approval.mended' : 'approval.submitted')}</b>
          <Diff before={seen.text} after={isMended ? text.trim() : seen.text} />
        </div>
      )}
    </>
  );
};

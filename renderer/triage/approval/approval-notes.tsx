import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import card from '#renderer/triage/fields/card.module.css';
import { Diff } from '#renderer/triage/messages/diff.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import type { Approval } from './use-approval.ts';

interface NotesProps {
  readonly incident: Incident;
  readonly approval: Approval;
}

/** The text that was sent back before this one, why, and what has become of it. */
const SentBackBefore = ({ incident, approval }: NotesProps) => {
  const { t } = useTranslation();
  const { sentBackReason: reason = null, sentBackText } = openReply(incident) ?? {};
  if (reason === null) return null;
  const { number, text } = approval.seen;
  return (
    <div className={styles['note']}>
      {t('approval.again', { number })}
      <p lang="ru">{reason}</p>
      {sentBackText === text && <b>{t('approval.sameAsSentBack')}</b>}
      {sentBackText !== undefined && sentBackText !== text && (
        <div className={card['source']}>
          <b>{t('approval.sinceSentBack')}</b>
          <Diff before={sentBackText} after={text} />
        </div>
      )}
    </div>
  );
};

/** The approver's edit of an earlier submission: kept until he takes it or lets it go. */
const EarlierEdit = ({ approval }: Pick<NotesProps, 'approval'>) => {
  const { t } = useTranslation();
  const { earlierEdit, seen } = approval;
  if (earlierEdit === null) return null;
  return (
    <div className={styles['note']} role="status">
      {t('approval.earlierEdit')}
      <Diff before={seen.text} after={earlierEdit.text.trim()} />
      <div className={styles['row']}>
        <Button size="compact-sm" variant="default" onClick={earlierEdit.take}>
          {t('approval.takeEdit')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={earlierEdit.drop}>
          {t('approval.dropEdit')}
        </Button>
      </div>
    </div>
  );
};

/** Notes to be read before the text. */
export const ApprovalNotes = ({ incident, approval }: NotesProps) => {
  const { t } = useTranslation();
  return (
    <>
      {approval.isOwn && (
        <p className={styles['note']} data-own>
          {t(approval.isForbidden ? 'approval.ownForbidden' : 'approval.own')}
        </p>
      )}
      <SentBackBefore incident={incident} approval={approval} />
      <EarlierEdit approval={approval} />
    </>
  );
};

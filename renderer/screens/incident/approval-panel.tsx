import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOwnReply, openReply, type Incident } from '#shared/domain/incident.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { useDraft } from '#renderer/kit/forms/drafts.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import card from '#renderer/triage/fields/card.module.css';
import { Diff } from '#renderer/triage/messages/diff.tsx';
import styles from '#renderer/triage/messages/incident.module.css';
import { TextDialog } from '#renderer/triage/acts/text-dialog.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';

/**
 * The approver reads, mends and approves, or sends back with the reason. Mounted anew for every submission,
 * so that a key or a reason begun over one text never falls on another.
 */
export const ApprovalPanel = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const seen = submissionOf(incident);
  const reply = openReply(incident);
  const returned = reply?.sentBackReason ?? null;
  const [text, setText, forget] = useDraft(`${incident.id}.approval.${incident.replies.length}`, seen.text);
  const [isSendingBack, setSendingBack] = useState(false);
  const { account } = useSession();
  const { ownApproval } = useReference().regulation;
  const isOwn = isOwnReply(incident, account);
  const isForbidden = isOwn && ownApproval === 'refused';
  const isMended = text.trim() !== seen.text.trim();
  const approve = async (): Promise<void> => {
    const args = { text: text.trim(), submission: seen };
    if (args.text === '' || !(await run(incident, { name: 'approve', args }))) return;
    forget();
    tellDone(t('approval.approved'));
  };
  return (
    <section className={styles['work']} aria-label={t('approval.title')}>
      <h2>{t('approval.title')}</h2>
      {isOwn && (
        <p className={styles['note']} data-own>
          {t(isForbidden ? 'approval.ownForbidden' : 'approval.own')}
        </p>
      )}
      {returned !== null && (
        <div className={styles['note']}>
          {t('approval.again', { number: seen.number })}
          <p lang="ru">{returned}</p>
        </div>
      )}
      <Textarea
        aria-label={t('approval.title')}
        autosize
        minRows={4}
        maxRows={18}
        lang="ru"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void approve();
        }}
      />
      <FileStrip incident={incident.id} files={reply?.attachments} label={t('reply.files')} />
      {isMended && (
        <div className={card['source']}>
          <b>{t('approval.mended')}</b>
          <Diff before={seen.text} after={text.trim()} />
        </div>
      )}
      <div className={styles['row']}>
        {isMended && (
          <Button variant="subtle" onClick={() => setText(seen.text)}>
            {t('approval.asSubmitted')}
          </Button>
        )}
        <span className={styles['gap']} />
        <Button variant="default" onClick={() => setSendingBack(true)}>
          {t('approval.sendBack')}
        </Button>
        <Button disabled={isForbidden} onClick={() => void approve()}>
          {t('approval.approve')}
          {KEY_MAP.send.shown.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </Button>
      </div>
      <TextDialog
        isOpen={isSendingBack}
        onClose={() => setSendingBack(false)}
        title={t('approval.sendBack')}
        label={t('approval.reason')}
        action={t('approval.sendBack')}
        draft={`${incident.id}.sendBack`}
        onSend={(reason) => run(incident, { name: 'sendBack', args: { reason, submission: seen } })}
      />
    </section>
  );
};

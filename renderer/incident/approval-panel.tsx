import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { useDraft } from '#renderer/app/drafts.ts';
import { KEY_MAP } from '#renderer/app/keys.ts';
import { tellDone } from '#renderer/app/toasts.tsx';
import styles from './incident.module.css';
import { TextDialog } from './text-dialog.tsx';
import { useCommand } from './use-command.ts';

/** The approver reads, mends and approves, or sends back with the reason. */
export const ApprovalPanel = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const run = useCommand();
  const submitted = openReply(incident)?.text ?? '';
  const [text, setText, forget] = useDraft(`${incident.id}.approval.${incident.replies.length}`, submitted);
  const [isSendingBack, setSendingBack] = useState(false);
  const approve = async (): Promise<void> => {
    if (text.trim() === '' || !(await run(incident.id, { name: 'approve', args: { text: text.trim() } })))
      return;
    forget();
    tellDone(t('approval.approved'));
  };
  return (
    <section className={styles['work']} aria-label={t('approval.title')}>
      <h2>{t('approval.title')}</h2>
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
      <div className={styles['row']}>
        <span className={styles['saved']}>{text.trim() === submitted ? '' : t('approval.mended')}</span>
        <Button variant="default" onClick={() => setSendingBack(true)}>
          {t('approval.sendBack')}
        </Button>
        <Button onClick={() => void approve()}>
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
        onSend={(reason) => run(incident.id, { name: 'sendBack', args: { reason } })}
      />
    </section>
  );
};

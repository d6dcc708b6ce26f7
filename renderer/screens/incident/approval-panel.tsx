import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { ApprovalFindings } from '#renderer/triage/approval/approval-findings.tsx';
import { ApprovalNotes } from '#renderer/triage/approval/approval-notes.tsx';
import { SendBackDialog } from '#renderer/triage/approval/send-back-dialog.tsx';
import { useApproval } from '#renderer/triage/approval/use-approval.ts';
import { WaitingLine } from '#renderer/triage/approval/waiting-line.tsx';
import styles from '#renderer/triage/messages/incident.module.css';

/** The open card stays where it is, whatever is decided on it. */
const STAYING = { onLeaving: () => undefined, onLeft: () => undefined };

/**
 * The approver reads, mends and approves, or sends back with the reason. Mounted anew for every submission,
 * so that a key or a reason begun over one text never falls on another.
 */
export const ApprovalPanel = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const approval = useApproval(incident, STAYING);
  const { seen, text, setText, isMended, isForbidden, approve, sendBack } = approval;
  const [isSendingBack, setSendingBack] = useState(false);
  return (
    <section className={styles['work']} aria-label={t('approval.title')}>
      <h2>{t('approval.title')}</h2>
      <WaitingLine incident={incident} />
      <ApprovalNotes incident={incident} approval={approval} />
      <Textarea
        aria-label={t('approval.title')}
        mt={8}
        autosize
        minRows={4}
        maxRows={18}
        lang="ru"
        readOnly={approval.earlierEdit !== null}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void approve();
        }}
      />
      <ApprovalFindings incident={incident} approval={approval} isMending={false} />
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
      <SendBackDialog
        incidentId={incident.id}
        isOpen={isSendingBack}
        onClose={() => setSendingBack(false)}
        onSend={sendBack}
      />
    </section>
  );
};

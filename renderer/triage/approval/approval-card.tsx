import { Button, Textarea } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { isStanding, submissionMark, submissionOf, type Submission } from '#shared/domain/submission.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { tellHint } from '#renderer/kit/toasts/toasts.tsx';
import { guarded, type Guard } from '#renderer/triage/card/guard.ts';
import preview from '#renderer/triage/card/preview.module.css';
import { TakenAway } from '#renderer/triage/card/taken-away.tsx';
import type { Leaving } from '#renderer/triage/card/use-triage-actions.ts';
import { DeadlineBlock } from '#renderer/triage/fields/deadline-block.tsx';
import { DetailFields } from '#renderer/triage/fields/detail-fields.tsx';
import { OthersHere } from '#renderer/triage/presence/others-here.tsx';
import { HeldByOther } from '#renderer/triage/fields/held-by-other.tsx';
import { LinkedText } from '#renderer/triage/messages/linked-text.tsx';
import { CardHead, MessageBlock } from '#renderer/triage/messages/message-block.tsx';
import { ApprovalFindings } from './approval-findings.tsx';
import { ApprovalNotes } from './approval-notes.tsx';
import styles from './approval.module.css';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { LaterMessages } from './later-messages.tsx';
import { SameRepliesLine } from './same-replies.tsx';
import { useApproval, type Approval } from './use-approval.ts';
import { SendBackDialog } from './send-back-dialog.tsx';
import { useSettled } from './use-settled.ts';
import { WaitingLine } from './waiting-line.tsx';

interface CardProps {
  readonly incident: Incident;
  readonly leaving: Leaving;
  readonly guard: Guard;
  /** True when somebody has taken its row out of the list. */
  readonly isGone: boolean;
  /** The submission that was shown first, where another one stands now; see {@link useFirstLook}. */
  readonly before: Submission | null;
}

/**
 * Gives the submission that was shown when this incident was chosen, once another one has taken its place
 * under the eyes of whoever looks; else null.
 */
export function useFirstLook(incident: Incident | null): Submission | null {
  const [first, setFirst] = useState<{ readonly id: string; readonly submission: Submission } | null>(null);
  if (incident === null || incident.step.name !== 'approval') return null;
  const { id } = incident;
  if (first?.id === id) return isStanding(first.submission, incident) ? null : first.submission;
  setFirst({ id, submission: submissionOf(incident) });
  return null;
}

/** Approves what has been seen: a text that has only just come, or come anew, is to be read first. */
function useApproveSeen(approval: Approval, isAnother: boolean, isSettled: boolean): () => void {
  const { t } = useTranslation();
  const [isRead, setRead] = useState(!isAnother);
  return () => {
    if (approval.isForbidden) return tellHint(t('approval.ownForbidden'));
    if (!isSettled) return tellHint(t('approval.justCame'));
    if (isRead) return void approval.approve();
    setRead(true);
    tellHint(t('approval.readAnother'));
  };
}

interface TextProps {
  readonly approval: Approval;
  readonly isMending: boolean;
  readonly onDone: () => void;
  readonly onApprove: () => void;
}

const ReplyText = ({ approval, isMending, onDone, onApprove }: TextProps) => {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isMending) field.current?.focus();
  }, [isMending]);
  if (!isMending)
    return (
      <blockquote className={styles['text']} lang="ru">
        <LinkedText text={approval.text} />
      </blockquote>
    );
  return (
    <Textarea
      mt={8}
      ref={field}
      aria-label={t('approval.title')}
      autosize
      minRows={4}
      maxRows={14}
      lang="ru"
      spellCheck
      readOnly={approval.earlierEdit !== null}
      value={approval.text}
      onChange={(event) => approval.setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onApprove();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
};

const Submitted = ({ incident, leaving, guard, isGone, before }: CardProps) => {
  const { t } = useTranslation();
  const approval = useApproval(incident, leaving);
  const isSettled = useSettled();
  const approve = useApproveSeen(approval, before !== null, isSettled);
  const shown = useRef<HTMLElement>(null);
  // Where the question is long or the screen small, the reply is what a key would approve.
  useLayoutEffect(() => {
    // Chromium gives a promise, which React would call as the effect's end.
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const [isSendingBack, setSendingBack] = useState(false);
  const [isMending, setMending] = useState(false);
  const does = guarded(guard, {
    go: approve,
    sendBack: () => setSendingBack(true),
    mend: () => setMending(true),
  });
  useKeys(does);
  return (
    <>
      <div className={preview['body']} tabIndex={0} role="region" aria-label={t('card.label')}>
        <CardHead incident={incident} />
        {isGone && <TakenAway incident={incident} />}
        <HeldByOther incident={incident} />
        <OthersHere incident={incident.id} />
        <MessageBlock incident={incident} />
        <LaterMessages incident={incident} />
        <section
          ref={shown}
          className={styles['reply']}
          aria-label={t('approval.title')}
          data-settled={isSettled}
        >
          <WaitingLine incident={incident} />
          {before !== null && <ChangedMeanwhile incident={incident} before={before} />}
          <ApprovalNotes incident={incident} approval={approval} />
          <ReplyText
            approval={approval}
            isMending={isMending}
            onDone={() => {
              setMending(false);
              document.getElementById('queue-rows')?.focus();
            }}
            onApprove={does.go}
          />
          <ApprovalFindings incident={incident} approval={approval} isMending={isMending} />
          <SameRepliesLine incident={incident} approval={approval} leaving={leaving} guard={guard} />
        </section>
        <DeadlineBlock incident={incident} />
        <DetailFields incident={incident} />
      </div>
      <div className={preview['actions']}>
        <Button disabled={approval.isForbidden} onClick={does.go}>
          {t('approval.approve')}
          <kbd>{KEY_MAP.go.shown[0]}</kbd>
        </Button>
        <Button variant="default" onClick={does.sendBack}>
          {t('approval.back')}
          <kbd>{KEY_MAP.sendBack.shown[0]}</kbd>
        </Button>
        <Button variant="default" onClick={does.mend}>
          {t('approval.mend')}
          <kbd>{KEY_MAP.mend.shown[0]}</kbd>
        </Button>
      </div>
      <SendBackDialog
        incidentId={incident.id}
        isOpen={isSendingBack}
        onClose={() => setSendingBack(false)}
        onSend={approval.sendBack}
      />
    </>
  );
};

/**
 * The card of a reply that waits for approval: question, reply and what is to be known of it; one key
 * approves it, another sends it back. Whatever is mended or begun here belongs to one submission.
 */
export const ApprovalCard = (props: CardProps) => (
  <Submitted key={submissionMark(submissionOf(props.incident))} {...props} />
);

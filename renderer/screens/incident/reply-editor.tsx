import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { REPLY_KINDS, type Incident } from '#shared/domain/incident.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { FileField } from '#renderer/kit/attachments/file-field.tsx';
import { catchFiles } from '#renderer/kit/attachments/use-chosen-files.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';
import { noteWriting } from '#renderer/triage/presence/writing.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { CameFields, wrongMoment } from './came-fields.tsx';
import { OtherDraft } from './other-draft.tsx';
import { ReplyAsSeen } from './reply-as-seen.tsx';
import { Promises } from './reply-promises.tsx';
import { ReplyWarnings, useReplyCheck } from './reply-warnings.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { useReply } from './use-reply.ts';

export const REPLY_FIELD = 'reply-text';

/** Takes the person to a place of the reply, with its words selected. */
function showInReply(start: number, end: number): void {
  const field = document.getElementById(REPLY_FIELD);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(start, end);
}

/**
 * Writes the answer. Every keystroke is kept on this workstation; «save» gives the draft to colleagues,
 * «submit» to the approver.
 */
export const ReplyEditor = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const reply = useReply(incident);
  const { text, setText, chosen, forget, kind, setKind, found, dropped, drop } = reply;
  const { warnings, kindsOf } = useReplyCheck(incident, text, chosen.files.length);
  const isEmpty = text.trim() === '';
  const now = useNow();
  const { role } = useSession().account;
  const isReady = !isEmpty && !chosen.isTaking && wrongMoment(reply.came, incident.createdAt, now) === null;
  const save = async (draft: ReturnType<typeof reply.written>): Promise<boolean> => {
    const isSaved = await run(incident, { name: 'draftReply', args: { ...draft, seen: reply.base } });
    if (isSaved) reply.keepBase(reply.markOf(draft));
    return isSaved;
  };
  const saveDraft = async (): Promise<void> => {
    if (await save(reply.written())) tellDone(t('reply.saved'));
  };
  const submit = async (): Promise<void> => {
    if (!isReady) return;
    const draft = reply.written();
    const overlooked = kindsOf(draft.text);
    const left = overlooked.length === 0 ? {} : { warnings: overlooked };
    const args = { seen: reply.markOf(draft), ...left };
    if (!(await save(draft)) || !(await run(incident, { name: 'submitForApproval', args }))) return;
    forget();
    tellDone(t('reply.submitted'));
  };
  return (
    <section className={styles['work']} aria-label={t('reply.title')} {...catchFiles(chosen.add)}>
      <div className={styles['workHead']}>
        <h2>{t('reply.title')}</h2>
        <TemplateChoice
          incident={incident}
          fieldId={REPLY_FIELD}
          text={text}
          onChange={(next, template) => {
            setText(next);
            reply.keepTemplate(template);
          }}
          onShow={showInReply}
        />
      </div>
      <OtherDraft
        draft={reply.other}
        text={text}
        onTake={(taken) => {
          setText(taken);
          reply.acceptOther();
        }}
        onKeep={reply.acceptOther}
      />
      <Textarea
        id={REPLY_FIELD}
        aria-label={t('reply.title')}
        placeholder={t('reply.placeholder')}
        autosize
        minRows={5}
        maxRows={18}
        lang="ru"
        spellCheck
        value={text}
        onChange={(event) => {
          noteWriting(incident.id);
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <div className={styles['saved']}>{isEmpty ? '\u00A0' : t('reply.kept', { count: text.length })}</div>
      <FileField incident={incident.id} chosen={chosen} label={t('reply.files')} />
      <Promises found={found} dropped={dropped} onToggle={drop} />
      {role !== 'executor' && (
        <CameFields value={reply.came} onChange={reply.setCame} createdAt={incident.createdAt} />
      )}
      <ReplyAsSeen incident={incident} text={text} files={chosen.files.length} />
      <ReplyWarnings warnings={warnings} text={text} onShow={showInReply} />
      <div className={styles['row']}>
        <SegmentedControl
          size="xs"
          aria-label={t('reply.kind')}
          value={kind}
          onChange={(value) => setKind(memberOf(REPLY_KINDS, value) ?? 'final')}
          data={REPLY_KINDS.map((replyKind) => ({ value: replyKind, label: t(`replyKind.${replyKind}`) }))}
        />
        <span className={styles['gap']} />
        <Button variant="default" disabled={!isReady} onClick={() => void saveDraft()}>
          {t('reply.saveDraft')}
        </Button>
        <Button disabled={!isReady} onClick={() => void submit()}>
          {t('reply.submit')}
          {KEY_MAP.send.shown.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </Button>
      </div>
    </section>
  );
};

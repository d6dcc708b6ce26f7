import { Button, Checkbox, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withAttachments } from '#shared/domain/attachment.ts';
import { openReply, type Incident, type PromiseDraft, type ReplyKind } from '#shared/domain/incident.ts';
import { draftMark } from '#shared/domain/subject.ts';
import { findPromises, type FoundPromise } from '#shared/domain/promise.ts';
import { REPLY_KINDS } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useDraft, useDraftBase, useDraftTemplate } from '#renderer/kit/forms/drafts.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { FileField } from '#renderer/kit/attachments/file-field.tsx';
import { catchFiles, useChosenFiles } from '#renderer/kit/attachments/use-chosen-files.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { OtherDraft } from './other-draft.tsx';
import { ReplyWarnings, useReplyCheck } from './reply-warnings.tsx';
import { ReplyPreview } from './reply-preview.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

export const REPLY_FIELD = 'reply-text';

interface PromisesProps {
  readonly found: readonly FoundPromise[];
  readonly dropped: ReadonlySet<string>;
  readonly onToggle: (phrase: string) => void;
}

/** Dates promised in the text, each a control that brings the incident back on its day. */
const Promises = ({ found, dropped, onToggle }: PromisesProps) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (found.length === 0) return null;
  return (
    <div className={styles['promises']}>
      <b>{t('reply.promises')}</b>
      <Stack gap={6}>
        {found.map(({ phrase, due }) => (
          <Checkbox
            key={phrase}
            size="xs"
            checked={!dropped.has(phrase)}
            onChange={() => onToggle(phrase)}
            label={t('reply.promise', { phrase, due: `${when.day(due)} ${when.time(due)}` })}
          />
        ))}
      </Stack>
    </div>
  );
};

/** Takes the person to a place of the reply, with its words selected. */
function showInReply(start: number, end: number): void {
  const field = document.getElementById(REPLY_FIELD);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(start, end);
}

const toggled = (set: ReadonlySet<string>, value: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
};

function useReply(incident: Incident) {
  const open = openReply(incident);
  const { calendar } = useReference();
  const now = useNow();
  const draft = `${incident.id}.reply`;
  const stands = useMemo(() => draftMark(open), [open]);
  const [text, setText, forgetText] = useDraft(draft, open?.text ?? '');
  const [base, keepBase, forgetBase] = useDraftBase(draft, stands);
  const [template, keepTemplate, forgetTemplate] = useDraftTemplate(draft, open?.template ?? '');
  const chosen = useChosenFiles(draft, open?.attachments);
  const [kind, setKind] = useState<ReplyKind>(open?.kind ?? 'final');
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  // Found dates may be shown a moment after the keystroke; those saved are read from the very text.
  const read = useDeferredValue(text);
  const found = useMemo(() => findPromises(read, now, calendar), [read, now, calendar]);
  const written = () => {
    const promises: PromiseDraft[] = findPromises(text, now, calendar)
      .filter(({ phrase }) => !dropped.has(phrase))
      .map(({ due, phrase }) => ({ due, phrase }));
    const begunWith = template === '' ? {} : { template };
    return { text: text.trim(), kind, promises, ...withAttachments(chosen.files), ...begunWith };
  };
  return {
    text,
    setText: (next: string) => {
      keepBase(base);
      setText(next);
      if (next.trim() === '') keepTemplate('');
    },
    keepTemplate,
    chosen,
    written,
    /** The mark of the reply once it is saved as it was written here. */
    markOf: (draft: ReturnType<typeof written>): string =>
      draftMark({ ...draft, sentBackReason: open?.sentBackReason ?? null }),
    base,
    keepBase,
    /** The draft of somebody else that came while this one was being written. */
    other: base === stands ? null : open,
    /** Goes on knowing of that draft. */
    acceptOther: () => keepBase(stands),
    forget: () => {
      forgetBase();
      forgetText();
      forgetTemplate();
      chosen.forget();
    },
    kind,
    setKind,
    found,
    dropped,
    drop: (phrase: string) => setDropped((set) => toggled(set, phrase)),
  };
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
  const isReady = !isEmpty && !chosen.isTaking;
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
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <div className={styles['saved']}>{isEmpty ? '\u00A0' : t('reply.kept', { count: text.length })}</div>
      <FileField incident={incident.id} chosen={chosen} label={t('reply.files')} />
      <Promises found={found} dropped={dropped} onToggle={drop} />
      <ReplyPreview incident={incident} text={text} files={chosen.files.length} />
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

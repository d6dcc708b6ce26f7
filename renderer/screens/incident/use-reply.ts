import { useDeferredValue, useMemo, useState } from 'react';
import { withAttachments } from '#shared/domain/attachment.ts';
import {
  openReply,
  type Incident,
  type PromiseDraft,
  type Reply,
  type ReplyKind,
} from '#shared/domain/incident.ts';
import { findPromises } from '#shared/domain/promise.ts';
import { draftMark } from '#shared/domain/subject.ts';
import { useChosenFiles } from '#renderer/kit/attachments/use-chosen-files.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useDraft, useDraftBase, useDraftTemplate } from '#renderer/kit/forms/drafts.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { cameFieldsOf } from './came-fields.tsx';

const toggled = (set: ReadonlySet<string>, value: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
};

/** Keeps what goes with the text of a reply, as long as the editor is open. */
function useReplyDetails(open: Reply | null) {
  const [kind, setKind] = useState<ReplyKind>(open?.kind ?? 'final');
  const [came, setCame] = useState(cameFieldsOf(open?.came));
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const drop = (phrase: string): void => setDropped((set) => toggled(set, phrase));
  return { kind, setKind, came, setCame, dropped, drop };
}

/** The text of a reply with what it was begun upon and begun with, kept here until it is handed over. */
function useReplyText(draft: string, open: Reply | null) {
  const stands = useMemo(() => draftMark(open), [open]);
  const [text, setText, forgetText] = useDraft(draft, open?.text ?? '');
  const [base, keepBase, forgetBase] = useDraftBase(draft, stands);
  const [template, keepTemplate, forgetTemplate] = useDraftTemplate(draft, open?.template ?? '');
  return {
    text,
    template,
    keepTemplate,
    setText: (next: string) => {
      keepBase(base);
      setText(next);
      if (next.trim() === '') keepTemplate('');
    },
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
    },
  };
}

/** The reply that is being written: its text and all that goes with it. */
export function useReply(incident: Incident) {
  const open = openReply(incident);
  const { calendar } = useReference();
  const now = useNow();
  const draft = `${incident.id}.reply`;
  const kept = useReplyText(draft, open);
  const chosen = useChosenFiles(draft, open?.attachments);
  const details = useReplyDetails(open);
  const { text, template } = kept;
  const { kind, came, dropped } = details;
  // Found dates may be shown a moment after the keystroke; those saved are read from the very text.
  const read = useDeferredValue(text);
  const found = useMemo(() => findPromises(read, now, calendar), [read, now, calendar]);
  const written = () => {
    const promises: PromiseDraft[] = findPromises(text, now, calendar)
      .filter(({ phrase }) => !dropped.has(phrase))
      .map(({ due, phrase, precision }) => ({ due, phrase, precision }));
    const { way, at } = came;
    const origin = {
      ...(template !== '' && { template }),
      ...(way !== null && at !== null && { came: { way, at } }),
    };
    return { text: text.trim(), kind, promises, ...withAttachments(chosen.files), ...origin };
  };
  return {
    ...kept,
    ...details,
    chosen,
    found,
    written,
    /** The mark of the reply once it is saved as it was written here. */
    markOf: (saved: ReturnType<typeof written>): string =>
      draftMark({ ...saved, sentBackReason: open?.sentBackReason ?? null }),
    forget: () => {
      kept.forget();
      chosen.forget();
    },
  };
}

import { UnstyledButton } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { bodyPrint } from '#shared/domain/reply-check/check-content.ts';
import { checkReply } from '#shared/domain/reply-check/check-reply.ts';
import { checkedContextOf } from '#shared/domain/reply-check/checked-context.ts';
import type { ReplyWarning, WarningKind } from '#shared/domain/reply-check/reply-warning.ts';
import { useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import styles from '#renderer/triage/messages/incident.module.css';

/** Fingerprints of the replies that others got lately, read once when the editor opens. */
function useLastReplies(incident: string): readonly Uint32Array[] {
  const store = useStore();
  const [prints, setPrints] = useState<readonly Uint32Array[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void store.lastReplies(incident).then((texts) => {
      if (isCurrent) setPrints(texts.map(bodyPrint));
    });
    return () => {
      isCurrent = false;
    };
  }, [store, incident]);
  return prints;
}

/** The checker's word on replies to one author. */
export interface ReplyCheck {
  /** Of the text in the editor; read a moment after the keystroke. */
  readonly warnings: readonly ReplyWarning[];
  /** Kinds of warnings of a text that is sent as it is. */
  readonly kindsOf: (text: string) => WarningKind[];
}

/** Checks a reply to the incident's author while it is written, and when it is sent. */
export function useReplyCheck(incident: Incident, text: string, files: number): ReplyCheck {
  const { calendar } = useReference();
  const at = useNow();
  const reply = useDeferredValue(text);
  const others = useLastReplies(incident.id);
  const context = useMemo(
    () => checkedContextOf(incident, at, calendar, { others, files }),
    [incident, at, calendar, others, files],
  );
  return {
    warnings: useMemo(() => checkReply(reply, context), [reply, context]),
    kindsOf: (sent) => [...new Set(checkReply(sent, context).map(({ kind }) => kind))],
  };
}

interface PlaceProps {
  /** Null where the warning concerns the whole reply. */
  readonly onShow: (() => void) | null;
  readonly children: string;
}

/** Words of a warning; those about a place of the text lead to it. */
const Place = ({ onShow, children }: PlaceProps) =>
  onShow === null ? <span>{children}</span> : <UnstyledButton onClick={onShow}>{children}</UnstyledButton>;

interface ReplyWarningsProps {
  readonly warnings: readonly ReplyWarning[];
  readonly text: string;
  /** Shows a place of the text to the person who writes it. */
  readonly onShow: (start: number, end: number) => void;
}

/** Warnings of the checker beside a reply, in words; one about a place in the text leads there. */
export const ReplyWarnings = ({ warnings, text, onShow }: ReplyWarningsProps) => {
  const { t } = useTranslation();
  const demanded: readonly WarningKind[] = useReference().regulation.demanded;
  if (warnings.length === 0) return null;
  return (
    <section className={styles['promises']} aria-label={t('check.title')}>
      <b>{t('check.title')}</b>
      <ul className={styles['warnings']}>
        {warnings.map(({ kind, start, end, instead = '' }) => (
          <li key={`${kind} ${start}`} data-demanded={demanded.includes(kind) || undefined}>
            <Place onShow={end > start ? () => onShow(start, end) : null}>
              {t(`check.kind.${kind}`, { phrase: text.slice(start, Math.min(end, start + 60)), instead })}
            </Place>
            {demanded.includes(kind) && <b>{t('check.demanded')}</b>}
          </li>
        ))}
      </ul>
    </section>
  );
};

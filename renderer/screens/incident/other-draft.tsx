import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reply } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { Diff } from '#renderer/triage/messages/diff.tsx';
import styles from '#renderer/triage/messages/incident.module.css';

interface OtherDraftProps {
  /** The reply as somebody else left it while this person was writing; null where nobody did. */
  readonly draft: Reply | null;
  /** The text in the editor. */
  readonly text: string;
  readonly onTake: (text: string) => void;
  readonly onKeep: () => void;
}

/** Shows a colleague's draft beside one's own: neither is written over the other unseen. */
export const OtherDraft = ({ draft, text, onTake, onKeep }: OtherDraftProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  if (draft === null) return null;
  const by = personName(reference, draft.by);
  return (
    <div className={styles['note']} role="status">
      {t('reply.otherDraft', { by, at: when.short(draft.draftedAt, now) })}
      <Diff before={draft.text} after={text.trim()} />
      <div className={styles['row']}>
        <Button size="compact-sm" variant="default" onClick={() => onTake(draft.text)}>
          {t('reply.takeOther')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onKeep}>
          {t('reply.keepOwn')}
        </Button>
      </div>
    </div>
  );
};

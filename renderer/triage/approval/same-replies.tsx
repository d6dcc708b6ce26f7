import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { tellHint } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useNumberWords } from '#renderer/triage/acts/use-number-words.ts';
import { guarded, type Guard } from '#renderer/triage/card/guard.ts';
import type { Leaving } from '#renderer/triage/card/use-triage-actions.ts';
import { Diff } from '#renderer/triage/messages/diff.tsx';
import styles from './approval.module.css';
import type { Approval } from './use-approval.ts';
import { useApproveTogether, useSameReplies } from './use-same-replies.ts';

interface LineProps {
  readonly incident: Incident;
  /** The text that was read on the card. */
  readonly text: string;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

/** One of the others: its question, and where its reply differs in a name or a number. */
const SameReply = ({ incident, text, isChosen, onToggle }: LineProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const numberOf = useNumberWords();
  const when = useWhen();
  const now = useNow();
  const reply = openReply(incident);
  const own = reply?.text ?? '';
  const agency = reply === null || reply.agency === '' ? '' : agencyName(reference, reply.agency);
  const since = t('approval.together.since', { at: when.short(incident.step.since, now) });
  const about = [numberOf(incident), agency, since].filter(Boolean).join(' · ');
  return (
    <li>
      <Checkbox label={about} checked={isChosen} onChange={onToggle} />
      <blockquote lang="ru">{incident.messages.at(-1)?.text ?? incident.text}</blockquote>
      {own !== text && <Diff before={text} after={own} />}
    </li>
  );
};

interface ListProps {
  readonly others: readonly Incident[];
  readonly text: string;
  readonly onClose: () => void;
  readonly onApprove: (chosen: readonly Incident[]) => void;
}

const SameList = ({ others, text, onClose, onApprove }: ListProps) => {
  const { t } = useTranslation();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  const chosen = others.filter(({ id }) => !left.has(id));
  return (
    <Stack gap="sm">
      <p className={styles['about']}>{t('approval.together.about')}</p>
      <ul className={styles['same']}>
        {others.map((incident) => (
          <SameReply
            key={incident.id}
            incident={incident}
            text={text}
            isChosen={!left.has(incident.id)}
            onToggle={() => toggle(incident.id)}
          />
        ))}
      </ul>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button data-autofocus disabled={chosen.length === 0} onClick={() => onApprove(chosen)}>
          {t('approval.together.approve', { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  );
};

interface SameProps {
  readonly incident: Incident;
  readonly approval: Approval;
  readonly leaving: Pick<Leaving, 'onLeaving' | 'onLeft'>;
  readonly guard: Guard;
}

/** Says how many more replies say the same, and approves them together once their questions were shown. */
export const SameRepliesLine = ({ incident, approval, leaving, guard }: SameProps) => {
  const { t } = useTranslation();
  const { others, readAgain } = useSameReplies(incident);
  const approveTogether = useApproveTogether();
  const [shown, setShown] = useState<readonly Incident[]>([]);
  const look = async (): Promise<void> => {
    if (approval.isForbidden) return tellHint(t('approval.ownForbidden'));
    if (approval.isMended) return tellHint(t('approval.together.mended'));
    const found = await readAgain();
    if (found.length === 0) return tellHint(t('approval.together.none'));
    setShown(found);
  };
  const approve = async (chosen: readonly Incident[]): Promise<void> => {
    setShown([]);
    leaving.onLeaving(true);
    const approved = await approveTogether([incident, ...chosen]);
    if (approved.has(incident.id)) leaving.onLeft();
    else leaving.onLeaving(false);
  };
  const { together } = guarded(guard, { together: () => void look() });
  useKeys({ together });
  return (
    <>
      {others.length > 0 && (
        <Button mt={10} size="compact-sm" variant="default" className={styles['more']} onClick={together}>
          {t('approval.together.more', { count: others.length })}
          <kbd>{KEY_MAP.together.shown[0]}</kbd>
        </Button>
      )}
      <Modal
        opened={shown.length > 0}
        onClose={() => setShown([])}
        title={t('approval.together.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <SameList
          others={shown}
          text={approval.seen.text}
          onClose={() => setShown([])}
          onApprove={(chosen) => void approve(chosen)}
        />
      </Modal>
    </>
  );
};

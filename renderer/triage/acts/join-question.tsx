import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { useCentreTime, useStore } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { questionBefore, type Fate } from './joining.ts';
import { useJoined } from './use-joined.ts';

/** The incident to join, where joining needs a question first. */
interface JoinTarget {
  readonly parent: Incident;
  readonly fate: Fate;
}

const Words = ({ child, parent, fate }: JoinTarget & { readonly child: Incident }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const others = useJoined(parent.id).length;
  const author = child.author.name || t('card.noAuthor');
  const at = 'at' in fate ? when.short(fate.at, now) : '';
  const isAnswered = fate.kind !== 'approved';
  return (
    <>
      <p className={styles['fate']}>
        {t(isAnswered ? 'joined.ask.answered' : 'joined.ask.approved', { author, at })}
      </p>
      <p className={styles['fate']}>
        {t(isAnswered ? 'joined.ask.othersAnswered' : 'joined.ask.othersApproved', { count: others + 1 })}
      </p>
    </>
  );
};

interface JoinQuestionProps {
  readonly child: Incident;
  readonly target: JoinTarget;
  readonly onClose: () => void;
  readonly onJoin: () => void;
}

/** Tells which answer each author gets when the child joins, and asks whether to join. */
export const JoinQuestion = ({ child, target, onClose, onJoin }: JoinQuestionProps) => {
  const { t } = useTranslation();
  const { kind } = target.fate;
  return (
    <Stack gap="sm">
      <b>
        {t(kind === 'approved' ? 'joined.ask.titleApproved' : 'joined.ask.titleAnswered', {
          number: target.parent.number ?? '',
        })}
      </b>
      <Words child={child} {...target} />
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button onClick={onJoin}>{t('joined.ask.join')}</Button>
      </Group>
    </Stack>
  );
};

/** The same as a dialog of its own. */
export const JoinDialog = ({
  target,
  ...rest
}: Omit<JoinQuestionProps, 'target'> & { readonly target: JoinTarget | null }) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={target !== null}
      onClose={rest.onClose}
      title={t('action.merge')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {target !== null && <JoinQuestion target={target} {...rest} />}
    </Modal>
  );
};

/** Joins a message to another; one that was answered already becomes a question first. */
export function useJoin(onJoin: (into: string) => void) {
  const store = useStore();
  const centreTime = useCentreTime();
  const [target, setTarget] = useState<JoinTarget | null>(null);
  const join = async (into: string): Promise<void> => {
    const parent = await store.incident(into);
    const fate = parent === null ? null : questionBefore(parent, centreTime());
    if (parent === null || fate === null) onJoin(into);
    else setTarget({ parent, fate });
  };
  const onClose = (): void => setTarget(null);
  const onAnswer = (): void => {
    onClose();
    if (target !== null) onJoin(target.parent.id);
  };
  return { join, target, question: { target, onClose, onJoin: onAnswer } };
}

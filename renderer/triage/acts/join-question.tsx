import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { questionBefore, type Fate } from './joining.ts';
import { useJoined } from './use-joined.ts';

/** An incident that cannot be joined without a question. */
interface Asked {
  readonly parent: Incident;
  readonly fate: Fate;
}

const Words = ({ child, parent, fate }: Asked & { readonly child: Incident }) => {
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
  readonly asked: Asked;
  readonly onClose: () => void;
  readonly onJoin: () => void;
}

/** What each author gets when the child joins, and the choice. */
export const JoinQuestion = ({ child, asked, onClose, onJoin }: JoinQuestionProps) => {
  const { t } = useTranslation();
  const { kind } = asked.fate;
  return (
    <Stack gap="sm">
      <b>
        {t(kind === 'approved' ? 'joined.ask.titleApproved' : 'joined.ask.titleAnswered', {
          number: asked.parent.number ?? '',
        })}
      </b>
      <Words child={child} {...asked} />
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
  asked,
  ...rest
}: Omit<JoinQuestionProps, 'asked'> & { readonly asked: Asked | null }) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={asked !== null}
      onClose={rest.onClose}
      title={t('action.merge')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {asked !== null && <JoinQuestion asked={asked} {...rest} />}
    </Modal>
  );
};

/** Joins a message to another; one that was answered already becomes a question first. */
export function useJoin(onJoin: (into: string) => void) {
  const store = useStore();
  const [asked, setAsked] = useState<Asked | null>(null);
  const join = async (into: string): Promise<void> => {
    const parent = await store.incident(into);
    const fate = parent === null ? null : questionBefore(parent, Date.now());
    if (parent === null || fate === null) onJoin(into);
    else setAsked({ parent, fate });
  };
  const onClose = (): void => setAsked(null);
  const onAnswer = (): void => {
    onClose();
    if (asked !== null) onJoin(asked.parent.id);
  };
  return { join, asked, question: { asked, onClose, onJoin: onAnswer } };
}

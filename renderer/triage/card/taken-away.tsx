import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { withOldValues } from '#shared/domain/old-values.ts';
import classes from '#renderer/triage/fields/card.module.css';
import { useHistoryWords } from '#renderer/triage/messages/history.tsx';
import type { Guard } from './guard.ts';
import type { Selection } from './selection.ts';

/** Says who took the message out of the list, by which act and when. */
function useTakenWords(incident: Incident | null): string {
  const { t } = useTranslation();
  const words = useHistoryWords(incident?.source.network);
  const history = incident === null ? [] : withOldValues(incident);
  const entry = history.findLast(({ event }) => event !== 'due_set');
  if (entry === undefined) return t('taken.away');
  const { who, what, at } = words(entry);
  return t('taken.by', { who, what, at });
}

/** Stands over a card whose row is no longer in the list. */
export const TakenAway = ({ incident }: { readonly incident: Incident | null }) => (
  <div className={classes['others']} role="status">
    {useTakenWords(incident)}
  </div>
);

interface Asking {
  readonly id: string;
  readonly act: () => void;
}

/**
 * The guard of the chosen row: what is in the list is acted on, what somebody took away only after a
 * question, and nothing while it is not known which. The question stands where the list does.
 */
export function useGuard(selection: Selection | null): {
  readonly guard: Guard;
  readonly question: (incident: Incident | null) => ReactNode;
} {
  const [asking, setAsking] = useState<Asking | null>(null);
  const isAsking = asking !== null && asking.id === selection?.id && selection.standing === 'gone';
  const guard: Guard = (act) => {
    if (selection?.standing === 'here') act();
    else if (selection?.standing === 'gone') setAsking({ id: selection.id, act });
  };
  const close = (): void => setAsking(null);
  return {
    guard,
    question: (incident) => (
      <Question
        isOpen={isAsking}
        incident={incident}
        onClose={close}
        onGoOn={() => {
          close();
          asking?.act();
        }}
      />
    ),
  };
}

interface QuestionProps {
  readonly isOpen: boolean;
  readonly incident: Incident | null;
  readonly onClose: () => void;
  readonly onGoOn: () => void;
}

const Question = ({ isOpen, incident, onClose, onGoOn }: QuestionProps) => {
  const { t } = useTranslation();
  const words = useTakenWords(incident);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('taken.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{words}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onGoOn}>
            {t('taken.goOn')}
          </Button>
          <Button data-autofocus onClick={onClose}>
            {t('taken.leave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

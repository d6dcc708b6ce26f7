import { Button, Group, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface QuestionProps {
  readonly reason: 'typed' | 'secret';
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Asks before what was typed, or what is shown this once, is gone. */
export const LeavingQuestion = ({ reason, onStay, onLeave }: QuestionProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onStay}
      title={t(`leaving.${reason}.title`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p>{t(`leaving.${reason}.text`)}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onLeave}>
          {t(`leaving.${reason}.leave`)}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {t('leaving.stay')}
        </Button>
      </Group>
    </Modal>
  );
};

/**
 * Guards a form that stands on its screen: `leave` asks first where something was typed. `question` is drawn
 * beside the form.
 */
export function useLeaving(
  isTyped: boolean,
  onLeave: () => void,
): { readonly leave: () => void; readonly question: ReactNode } {
  const [isAsked, setAsked] = useState(false);
  return {
    leave: () => (isTyped ? setAsked(true) : onLeave()),
    question: isAsked && <LeavingQuestion reason="typed" onStay={() => setAsked(false)} onLeave={onLeave} />,
  };
}

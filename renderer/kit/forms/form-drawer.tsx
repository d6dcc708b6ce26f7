import { Button, Drawer, Group, Modal } from '@mantine/core';
import { useCallback, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HoldContext, type HoldReason } from './hold-open.ts';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A drawer with a form. Esc, the cross and a click beside it ask first when something would be lost; see
 * `useHoldOpen`.
 */
export function FormDrawer({ title, onClose, children }: Props) {
  const { t } = useTranslation();
  const [held, setHeld] = useState<ReadonlyMap<string, HoldReason>>(new Map());
  const [asked, setAsked] = useState<'typed' | 'secret' | null>(null);
  const hold = useCallback((id: string, reason: HoldReason | null): void => {
    setHeld((before) => {
      if (before.get(id) === (reason ?? undefined)) return before;
      const rest = [...before].filter(([other]) => other !== id);
      return new Map(reason === null ? rest : [...rest, [id, reason]]);
    });
  }, []);
  const reasons = new Set(held.values());
  const isCovered = asked !== null || reasons.has('dialog');
  const close = (): void => {
    if (reasons.has('secret')) setAsked('secret');
    else if (reasons.has('typed')) setAsked('typed');
    else onClose();
  };
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={title}
      closeOnEscape={!isCovered}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <HoldContext value={hold}>{children}</HoldContext>
      {asked !== null && <LeavingQuestion reason={asked} onStay={() => setAsked(null)} onLeave={onClose} />}
    </Drawer>
  );
}

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

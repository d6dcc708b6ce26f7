import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HoldContext } from './hold-open.ts';
import { useHeld } from './use-held.tsx';

interface Props {
  readonly title: string;
  /** Left out: as wide as a question. */
  readonly size?: 'md' | 'lg' | 'xl';
  readonly onClose: () => void;
  /** The form; it is given what its own button of leaving does. */
  readonly children: (leave: () => void) => ReactNode;
}

/** A dialog with a form, which asks before what was typed is gone; see `useHoldOpen`. */
export function FormModal({ title, size = 'md', onClose, children }: Props) {
  const { t } = useTranslation();
  const { close, isCovered, hold, question } = useHeld(onClose);
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={size}
      closeOnEscape={!isCovered}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <HoldContext value={hold}>{children(close)}</HoldContext>
      {question}
    </Modal>
  );
}

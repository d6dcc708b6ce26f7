import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HoldContext } from './hold-open.ts';
import { useHeld } from './use-held.tsx';

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
  const { close, isCovered, hold, question } = useHeld(onClose);
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
      {question}
    </Drawer>
  );
}

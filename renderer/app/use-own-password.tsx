import { Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { OwnPasswordForm } from '#renderer/screens/login/own-password-form.tsx';

/** Changing one's own password, from the person's menu. */
export function useOwnPassword(): { readonly open: () => void; readonly dialog: ReactNode } {
  const { t } = useTranslation();
  const { account } = useSession();
  const [isOpen, setOpen] = useState(false);
  const done = (ended: number): void => {
    setOpen(false);
    tellDone(t('session.own.done', { count: ended }));
  };
  const dialog = (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      title={t('session.own.change')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <OwnPasswordForm login={account.login} onSet={(_session, ended) => done(ended)} />
    </Modal>
  );
  return { open: () => setOpen(true), dialog };
}

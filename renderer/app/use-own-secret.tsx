import { Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isJudgedElsewhere } from '#shared/protocol/session.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { OfflineSecretForm } from '#renderer/screens/login/offline-secret-form.tsx';
import { OwnPasswordForm } from '#renderer/screens/login/own-password-form.tsx';

interface OwnSecret {
  readonly open: () => void;
  /** Words of the menu's line. */
  readonly title: string;
  readonly dialog: ReactNode;
}

/**
 * Sets a person's own secret from their menu: the password, or the one for work without a connection where
 * another system lets them in.
 */
export function useOwnSecret(): OwnSecret {
  const { t } = useTranslation();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const isProvided = isJudgedElsewhere(session);
  const title = t(isProvided ? 'session.pin.open' : 'session.own.change');
  const done = (text: string): void => {
    setOpen(false);
    tellDone(text);
  };
  const dialog = (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isProvided ? (
        <OfflineSecretForm session={session} onSet={() => done(t('session.pin.done'))} />
      ) : (
        <OwnPasswordForm
          login={session.account.login}
          onSet={(_session, ended) => done(t('session.own.done', { count: ended }))}
        />
      )}
    </Modal>
  );
  return { open: () => setOpen(true), title, dialog };
}

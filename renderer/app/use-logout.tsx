import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole, useStatus } from '#renderer/kit/context/console-context.tsx';
import { pause } from '#renderer/data/sync/pause.ts';

/** A store that does not answer must not keep a person from going: then what was known last counts. */
const COUNTING_MS = 1500;

/** Logging out, with a word before it when something has not reached the centre. */
export function useLogout(): { readonly ask: () => void; readonly dialog: ReactNode } {
  const { t } = useTranslation();
  const { unsent } = useStatus();
  const { hub, onLogout } = useConsole();
  const [isAsking, setAsking] = useState(false);
  const ask = async (): Promise<void> => {
    // Counted anew: an action of this very moment is not in the status yet.
    await Promise.race([hub.recount(), pause(COUNTING_MS)]);
    if (hub.status().unsent === 0) await onLogout();
    else setAsking(true);
  };
  const dialog = (
    <Modal
      opened={isAsking}
      onClose={() => setAsking(false)}
      title={t('session.logout')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('session.unsentWarning', { count: unsent })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void onLogout()}>
            {t('session.logoutAnyway')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('session.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
  return { ask: () => void ask(), dialog };
}

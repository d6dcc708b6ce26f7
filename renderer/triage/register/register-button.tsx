import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { INCIDENT_COMMAND_ROLES } from '#shared/domain/command.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { RegisterDialog } from './register-dialog.tsx';

/** The way to register a message by hand, for those who may. */
export function RegisterButton() {
  const { t } = useTranslation();
  const { account } = useSession();
  const [isOpen, setOpen] = useState(false);
  if (!INCIDENT_COMMAND_ROLES.register.includes(account.role)) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        title={t('keys.register')}
        onClick={() => setOpen(true)}
      >
        {t('queue.register')}
      </Button>
      <RegisterDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

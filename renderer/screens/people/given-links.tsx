import { Button, Group } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { INVITATION_DAYS, INVITATION_PATH } from '#shared/protocol/invitation.ts';
import type { GivenLink } from '#shared/protocol/people-load.ts';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { saveLinks } from './save-people.ts';

interface Props {
  readonly links: readonly GivenLink[];
  readonly isKept: boolean;
  readonly onKept: () => void;
  readonly onClose: () => void;
}

const HEADS = ['displayName', 'login', 'agency', 'link', 'days'] as const;

/** The links of those who were loaded, given this once as a table to print and hand over. */
export function GivenLinks({ links, isKept, onKept, onClose }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const address = useCentreAddress(INVITATION_PATH);
  const save = (): void => {
    const rows = links.map(({ displayName, login, agency, token }) => [
      displayName,
      login,
      agency === null ? '' : agencyName(reference, agency),
      `${address}#${token}`,
      t('people.load.goodFor', { count: INVITATION_DAYS }),
    ]);
    saveLinks(t('people.load.links'), [HEADS.map((head) => t(`people.load.head.${head}`)), ...rows]);
    onKept();
  };
  return (
    <section role="status" aria-label={t('people.load.links')}>
      <p>{t('people.load.linksGiven', { count: links.length })}</p>
      <p className={administration['hint']}>{t('people.load.linksHint', { count: INVITATION_DAYS })}</p>
      <Group justify="flex-end" mt="md">
        <Button
          data-autofocus
          variant={isKept ? 'default' : 'filled'}
          leftSection={<IconTableExport size={16} aria-hidden />}
          onClick={save}
        >
          {t('people.load.saveLinks')}
        </Button>
        <Button variant={isKept ? 'filled' : 'default'} onClick={onClose} disabled={!isKept}>
          {t('people.given.kept')}
        </Button>
      </Group>
    </section>
  );
}

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Forgetting } from '#renderer/data/session/forget-person.ts';
import { listDrafts } from '#renderer/kit/forms/drafts.ts';

/** Says how an attempt to forget somebody ended. */
export const forgettingText = (forgetting: Forgetting, t: TFunction): string =>
  forgetting.kind === 'unsent'
    ? t('forget.unsent', { count: forgetting.count })
    : t(`forget.${forgetting.kind}`);

interface ForgetDialogProps {
  /** Of the person's part of the storage; see session/own-keys.ts. */
  readonly profile: string;
  readonly name: string;
  /** The reason why it cannot be done, known before anybody asks for it. */
  readonly hindrance?: Forgetting | null;
  /** Forgets the person. Gives why it was not done. */
  readonly onForget: () => Promise<Forgetting | null>;
  readonly onClose: () => void;
}

/** Asks once more before a workstation forgets a person, and says what goes and what stays. */
export const ForgetDialog = ({ profile, name, hindrance = null, onForget, onClose }: ForgetDialogProps) => {
  const { t } = useTranslation();
  const [failed, setFailed] = useState<Forgetting | null>(null);
  const [isBusy, setBusy] = useState(false);
  const drafts = listDrafts(profile).length;
  const why = hindrance ?? failed;
  const forget = async (): Promise<void> => {
    setBusy(true);
    setFailed(await onForget());
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('forget.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('forget.lead', { name })}</Text>
        {drafts > 0 && <Text size="sm">{t('forget.drafts', { count: drafts })}</Text>}
        {why !== null && (
          <Text size="sm" c="var(--pult-late)" role="alert">
            {forgettingText(why, t)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('forget.cancel')}
          </Button>
          <Button
            color="red.9"
            c="white"
            loading={isBusy}
            disabled={hindrance !== null}
            onClick={() => void forget()}
          >
            {t('forget.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOwnerSilence } from '#renderer/kit/context/owner-silence.ts';
import classes from './frame.module.css';

/** In place of the screens while they wait for another window that stands still; nothing otherwise. */
export const WaitingForWindow = () => {
  const { t } = useTranslation();
  const isSilent = useOwnerSilence();
  if (!isSilent) return null;
  return (
    <Stack component="main" p="xl" gap="md" maw={720} role="alert">
      <Title order={1}>{t('silence.title')}</Title>
      <Text>{t('silence.opening')}</Text>
    </Stack>
  );
};

/** The same over the screens of a window that was at work. */
export const WaitingBanner = () => {
  const { t } = useTranslation();
  const isSilent = useOwnerSilence();
  if (!isSilent) return null;
  return (
    <div className={classes['banner']} data-tone="bad" role="alert">
      <span>{t('silence.banner')}</span>
    </div>
  );
};

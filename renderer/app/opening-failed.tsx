import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StorageTrouble } from '#renderer/data/sync/storage-trouble.ts';

/** The local copy could not be opened: says what stands in the way instead of a white page. */
export const OpeningFailed = ({
  why,
  message,
  onRetry,
}: {
  /** Kind of the trouble; null when it is not known. */
  readonly why: StorageTrouble | null;
  readonly message: string;
  readonly onRetry: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <Stack component="main" p="xl" gap="md" maw={720} role="alert">
      <Title order={1}>{t('opening.failed')}</Title>
      <Text>{t(`opening.why.${why ?? 'failed'}`)}</Text>
      <Code block>{message}</Code>
      <div>
        <Button onClick={onRetry}>{t('broken.retry')}</Button>
      </div>
    </Stack>
  );
};

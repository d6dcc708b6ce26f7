import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellState } from '#shared/protocol/ipc.ts';
import { callShell, ShellRefused } from '#renderer/host/shell-bridge.ts';
import { shellHere } from '#renderer/host/shell-state.ts';

type Unreadable = Extract<ShellState['stage'], { kind: 'settings_unreadable' }>;

/**
 * The settings cannot be read: where they lie, what is wrong, and two ways on. Nothing is deleted by either.
 */
export const SettingsTrouble = ({ path, why, detail }: Unreadable) => {
  const { t } = useTranslation();
  const [trouble, setTrouble] = useState('');
  const shell = shellHere();
  const { bridge } = shell;
  const begin = async (): Promise<void> => {
    try {
      await callShell(bridge, 'shell.resetSettings', null);
      await shell.refresh();
    } catch (error) {
      if (!(error instanceof ShellRefused)) throw error;
      setTrouble(`${t(`shell.refused.${error.kind}`)} ${error.message}`);
    }
  };
  return (
    <Stack component="main" p="xl" gap="md" maw={720} role="alert">
      <Title order={1}>{t('shell.settings.unreadable')}</Title>
      <Text>{t(`shell.settings.${why}`)}</Text>
      <Code block>{path}</Code>
      {detail !== '' && <Code block>{detail}</Code>}
      <Text>{t('shell.settings.kept')}</Text>
      {trouble !== '' && <Text c="var(--pult-late)">{trouble}</Text>}
      <Group>
        <Button onClick={() => void begin()}>{t('shell.settings.beginAnew')}</Button>
        <Button variant="default" onClick={() => void callShell(bridge, 'shell.showSettings', null)}>
          {t('shell.settings.showFile')}
        </Button>
      </Group>
    </Stack>
  );
};

import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useShellState } from '#renderer/host/shell-state.ts';
import classes from '#renderer/kit/layout/entrance.module.css';

/** Says that the file with the centre's address for all workstations cannot be read; nothing otherwise. */
export const UnreadablePreset = () => {
  const { t } = useTranslation();
  const preset = useShellState()?.preset;
  if (preset?.kind !== 'unreadable') return null;
  return (
    <div className={classes['trouble']} role="alert">
      {t('shell.preset.unreadable')}
      <Code block>{`${preset.path}\n${preset.detail}`}</Code>
    </div>
  );
};

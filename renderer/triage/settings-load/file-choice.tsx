import { Button, FileButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './settings-load.module.css';

const ACCEPTED = '.xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Props {
  /** Words on what the file is to hold, or something that is chosen before it. */
  readonly how: ReactNode;
  readonly isReady?: boolean;
  readonly onFile: (file: File) => void;
}

/** The choice of a file of rows. */
export function FileChoice({ how, isReady = true, onFile }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes['choice']}>
      {typeof how === 'string' ? <p>{how}</p> : how}
      <FileButton
        accept={ACCEPTED}
        onChange={(file) => file !== null && onFile(file)}
        inputProps={{ 'aria-label': t('settingsLoad.choose') }}
      >
        {(props) => (
          <Button {...props} data-autofocus disabled={!isReady}>
            {t('settingsLoad.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}

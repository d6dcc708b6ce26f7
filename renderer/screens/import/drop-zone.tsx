import { Button, FileButton } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './import.module.css';

const ACCEPTED = '.xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Area in which a file is dropped or chosen. */
export function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file !== null) onFile(file);
  };
  return (
    <div
      className={classes['drop']}
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileUpload size={32} stroke={1.5} aria-hidden />
      <p>{t('import.drop')}</p>
      <FileButton
        accept={ACCEPTED}
        onChange={(file) => {
          if (file !== null) onFile(file);
        }}
        inputProps={{ 'aria-label': t('import.choose') }}
      >
        {(props) => <Button {...props}>{t('import.choose')}</Button>}
      </FileButton>
      <small>{t('import.formats')}</small>
    </div>
  );
}

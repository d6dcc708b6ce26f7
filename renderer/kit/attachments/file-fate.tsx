import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '#shared/domain/attachment.ts';
import { useStatus, useStore } from '#renderer/kit/context/console-context.tsx';
import classes from './attachments.module.css';
import { useSaveFile } from './use-save-file.ts';

interface ActProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A small button on a file; its label names the file, for there may be ten. */
export const FileAct = ({ label, onClick, children }: ActProps) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
);

interface Props {
  readonly incident: string;
  readonly file: Pick<Attachment, 'hash' | 'name'>;
}

/**
 * Shows how far a file of this workstation is on its way; nothing when the centre has it or it came from
 * elsewhere.
 */
export const FileFate = ({ incident, file }: Props) => {
  const { t } = useTranslation();
  const store = useStore();
  const save = useSaveFile(incident);
  const progress = useStatus().attachments.find(({ hash }) => hash === file.hash);
  if (progress === undefined) return null;
  const { refused, received, size } = progress;
  if (refused === null)
    return (
      <span className={classes['fate']} role="status">
        {received === 0
          ? t('attachment.waits')
          : t('attachment.sending', { percent: Math.min(99, Math.floor((received / size) * 100)) })}
      </span>
    );
  return (
    <>
      <span className={classes['fate']} data-tone="late" role="status">
        {`${t('attachment.refused')} ${t(`attachment.problem.${refused}`)}`}
      </span>
      <span className={classes['acts']}>
        <FileAct label={t('attachment.save', { name: file.name })} onClick={() => void save(file)}>
          <IconDownload size={16} aria-hidden />
        </FileAct>
        <FileAct
          label={t('attachment.forget', { name: file.name })}
          onClick={() => void store.dismissAttachment(file.hash)}
        >
          <IconTrash size={16} aria-hidden />
        </FileAct>
      </span>
    </>
  );
};

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStatus, useStore } from '#renderer/kit/context/console-context.tsx';
import type { AttachmentProgress } from '#renderer/data/attachments/attachments.ts';
import { useSaveFile } from '#renderer/kit/attachments/use-save-file.ts';
import type { SyncStatus } from '#renderer/data/store/console-store.ts';
import classes from './not-accepted.module.css';

/** Attached files that the centre does not take; this workstation has the only copies. */
export const refusedFiles = ({ attachments }: SyncStatus): readonly AttachmentProgress[] =>
  attachments.filter(({ refused }) => refused !== null);

const RefusedFile = ({ file }: { readonly file: AttachmentProgress }) => {
  const { t } = useTranslation();
  const store = useStore();
  const save = useSaveFile('');
  const { name, hash, refused } = file;
  return (
    <article className={classes['item']}>
      <header>
        <b>{t('notAccepted.file', { name })}</b>
      </header>
      {refused !== null && (
        <div className={classes['reason']}>
          {`${t('attachment.refused')} ${t(`attachment.problem.${refused}`)}`}
        </div>
      )}
      <div className={classes['actions']}>
        <Button size="compact-sm" onClick={() => void save(file)}>
          {t('attachment.saveShort')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => void store.dismissAttachment(hash)}>
          {t('notAccepted.discardFile')}
        </Button>
      </div>
    </article>
  );
};

/** Files the centre does not take, until a person has saved or discarded each. */
export const RefusedFiles = () =>
  refusedFiles(useStatus()).map((file) => <RefusedFile key={file.hash} file={file} />);

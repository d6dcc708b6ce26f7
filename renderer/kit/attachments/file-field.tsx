import { Button, FileButton } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPaperclip, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ATTACHMENT_LIMITS, ATTACHMENT_TYPES, type Attachment } from '#shared/domain/attachment.ts';
import classes from './attachments.module.css';
import { FileAct } from './file-fate.tsx';
import { FileStrip } from './file-strip.tsx';
import type { ChosenFiles } from './use-chosen-files.ts';

/** HEIC is offered too, to be told what to do with it: greyed out in the dialog it would only puzzle. */
const ACCEPTED = [...ATTACHMENT_TYPES, 'image/heic', 'image/heif', '.heic', '.heif'].join(',');

interface Props {
  readonly incident: string;
  readonly chosen: ChosenFiles;
  readonly label: string;
}

/**
 * Files of what is being written: chosen here, dropped or pasted anywhere on its form; in the order they will
 * be seen.
 */
export const FileField = ({ incident, chosen, label }: Props) => {
  const { t } = useTranslation();
  const { files, troubles, isTaking, add, remove, move } = chosen;
  const acts = ({ hash, name }: Attachment, at: number) => (
    <span className={classes['acts']}>
      {at > 0 && (
        <FileAct label={t('attachment.earlier', { name })} onClick={() => move(at, -1)}>
          <IconArrowLeft size={16} aria-hidden />
        </FileAct>
      )}
      {at < files.length - 1 && (
        <FileAct label={t('attachment.later', { name })} onClick={() => move(at, 1)}>
          <IconArrowRight size={16} aria-hidden />
        </FileAct>
      )}
      <FileAct label={t('attachment.remove', { name })} onClick={() => remove(hash)}>
        <IconX size={16} aria-hidden />
      </FileAct>
    </span>
  );
  return (
    <div className={classes['field']} role="group" aria-label={label}>
      {troubles.length > 0 && (
        <div role="alert">
          <ul className={classes['troubles']}>
            {troubles.map(({ name, problem }, at) => (
              <li key={`${at} ${name}`}>
                {t('attachment.notTaken', { name, why: t(`attachment.problem.${problem}`) })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <FileStrip incident={incident} files={files} label={label} acts={acts} />
      <div className={classes['choose']}>
        <FileButton
          multiple
          accept={ACCEPTED}
          onChange={(list) => void add(list)}
          inputProps={{ 'aria-label': t('attachment.choose') }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="compact-sm"
              loading={isTaking}
              disabled={files.length >= ATTACHMENT_LIMITS.perMessage}
              leftSection={<IconPaperclip size={16} aria-hidden />}
            >
              {t('attachment.choose')}
            </Button>
          )}
        </FileButton>
        <small>
          {files.length === 0
            ? t('attachment.hint')
            : t('attachment.count', { files: files.length, of: ATTACHMENT_LIMITS.perMessage })}
        </small>
      </div>
    </div>
  );
};

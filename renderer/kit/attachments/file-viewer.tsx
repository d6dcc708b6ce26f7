import { Button, Group, Modal } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconDownload } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '#shared/domain/attachment.ts';
import { useStatus } from '#renderer/kit/context/console-context.tsx';
import classes from './attachments.module.css';
import { useFileUrl } from './use-file-url.ts';
import { useSaveFile } from './use-save-file.ts';

const Large = ({ incident, file }: { readonly incident: string; readonly file: Attachment }) => {
  const { t } = useTranslation();
  const view = useFileUrl(incident, file);
  const isLive = useStatus().connection.state === 'live';
  const away = t(isLive ? 'attachment.notThere' : 'attachment.offline');
  return (
    <div className={classes['large']}>
      {view.state === 'here' ? (
        <img src={view.url} alt={t('attachment.alt', { name: file.name })} />
      ) : (
        <p role="status">{view.state === 'away' ? away : t('attachment.loading')}</p>
      )}
    </div>
  );
};

interface Props {
  readonly incident: string;
  readonly pictures: readonly Attachment[];
  readonly shown: Attachment;
  readonly onShow: (file: Attachment) => void;
  readonly onClose: () => void;
}

/** A picture as large as the window lets it be; arrows go to the others, Escape closes. */
export const FileViewer = ({ incident, pictures, shown, onShow, onClose }: Props) => {
  const { t } = useTranslation();
  const save = useSaveFile(incident);
  const at = pictures.findIndex(({ hash }) => hash === shown.hash);
  const before = pictures[at - 1];
  const after = pictures[at + 1];
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      const next = key === 'ArrowLeft' ? before : key === 'ArrowRight' ? after : undefined;
      if (next !== undefined) onShow(next);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [before, after, onShow]);
  // The dialog is gone with its state, so it cannot give the focus back itself.
  useEffect(() => {
    const opener = document.activeElement;
    return () => void (opener instanceof HTMLElement && opener.focus({ preventScroll: true }));
  }, []);
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1100px, 92vw)"
      centered
      title={t('attachment.shown', { name: shown.name, at: at + 1, of: pictures.length })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Large key={shown.hash} incident={incident} file={shown} />
      <Group justify="center" gap="xs" mt="sm">
        <Button
          variant="default"
          disabled={before === undefined}
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => before !== undefined && onShow(before)}
        >
          {t('attachment.previous')}
        </Button>
        <Button
          variant="default"
          disabled={after === undefined}
          rightSection={<IconArrowRight size={16} aria-hidden />}
          onClick={() => after !== undefined && onShow(after)}
        >
          {t('attachment.next')}
        </Button>
        <Button
          data-autofocus
          variant="light"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => void save(shown)}
        >
          {t('attachment.saveShort')}
        </Button>
      </Group>
    </Modal>
  );
};

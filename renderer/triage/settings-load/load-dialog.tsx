import { Alert, Button, Group, Loader, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '#shared/domain/instant.ts';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import type { TableKind } from '#shared/exchange/settings/tables.ts';
import { fileRefusalText } from '#shared/exchange/refusal-text.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useSend } from '#renderer/triage/acts/use-command.ts';
import { FileChoice } from './file-choice.tsx';
import { LoadReport } from './load-report.tsx';
import classes from './settings-load.module.css';
import { useLoadPreview } from './use-load-preview.ts';

interface Props {
  readonly kind: TableKind;
  readonly onClose: () => void;
  /** Something to be said of what the file would change, below the counts. */
  readonly about?: (preview: LoadPreview) => ReactNode;
  /** The file is a whole version, in force from this moment. */
  readonly version?: Instant | null;
  /** Something that is chosen before the file. */
  readonly first?: ReactNode;
  /** False while that is not chosen. */
  readonly isReady?: boolean;
}

/** A file of settings, from choosing it to saving what it changes. Nothing is saved before «Загрузить». */
export function LoadDialog({ kind, onClose, about, first, isReady = true, version = null }: Props) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t(`settingsLoad.title.${kind}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {file === null ? (
        <FileChoice how={first ?? t(`settingsLoad.how.${kind}`)} isReady={isReady} onFile={setFile} />
      ) : (
        <Preview
          kind={kind}
          file={file}
          version={version}
          onOther={() => setFile(null)}
          onClose={onClose}
          about={about}
        />
      )}
    </Modal>
  );
}

interface PreviewProps extends Pick<Props, 'kind' | 'onClose'> {
  readonly file: File;
  readonly onOther: () => void;
  readonly about: Props['about'];
  readonly version: Instant | null;
}

function Preview({ kind, file, version, onOther, onClose, about }: PreviewProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const reading = useLoadPreview(file, kind, version);
  if (reading.state === 'reading')
    return (
      <p className={classes['wait']} role="status">
        <Loader size="sm" aria-hidden /> {t('settingsLoad.reading', { name: file.name })}
      </p>
    );
  if (reading.state === 'unreadable' || !reading.result.ok)
    return (
      <Alert color="red" title={file.name} role="alert">
        <p>
          {reading.state === 'unreadable' || reading.result.ok
            ? t('settingsLoad.unreadable')
            : fileRefusalText(reading.result.refusal, language)}
        </p>
        <Button variant="default" onClick={onOther}>
          {t('settingsLoad.other')}
        </Button>
      </Alert>
    );
  const { value } = reading.result;
  return (
    <>
      <LoadReport preview={value} />
      {about?.(value)}
      <Finish preview={value} onOther={onOther} onClose={onClose} />
    </>
  );
}

interface FinishProps {
  readonly preview: LoadPreview;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

function Finish({ preview, onOther, onClose }: FinishProps) {
  const { t } = useTranslation();
  const send = useSend();
  const [isSaving, setSaving] = useState(false);
  const { commands, counts } = preview;
  const count = counts.added + counts.changed;
  const save = async (): Promise<void> => {
    setSaving(true);
    const load = uuidv7();
    const saved = await send(commands.map((command) => ({ id: load, command })));
    setSaving(false);
    if (saved === null) return;
    tellDone(t('settingsLoad.done', { count }));
    onClose();
  };
  return (
    <Group justify="flex-end" mt="md">
      <Button variant="default" onClick={onOther}>
        {t('settingsLoad.other')}
      </Button>
      <Button disabled={count === 0} loading={isSaving} onClick={() => void save()}>
        {count === 0 ? t('settingsLoad.nothing') : t('settingsLoad.load', { count })}
      </Button>
    </Group>
  );
}

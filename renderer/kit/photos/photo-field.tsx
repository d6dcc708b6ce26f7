import { Button, FileButton, Group, Text, TextInput } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useId, useState, type ClipboardEvent, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#shared/domain/photo.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import classes from './photo-field.module.css';
import { shrinkPhoto } from './shrink-photo.ts';
import { usePictures } from './use-pictures.ts';

interface Props {
  readonly label: string;
  readonly value: Photo | null;
  readonly onChange: (photo: Photo | null) => void;
}

/** One photo: chosen, dropped or pasted; made small before anything is kept. */
export function PhotoField({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  const take = useTake(onChange);
  const labelId = useId();
  const [isOver, setOver] = useState(false);
  const takeFirst = (files: FileList): void => {
    const file = files.item(0);
    if (file !== null) void take(file);
  };
  return (
    <div
      className={classes['field']}
      data-over={isOver ? '' : undefined}
      onPaste={(event: ClipboardEvent) => takeFirst(event.clipboardData.files)}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        takeFirst(event.dataTransfer.files);
      }}
    >
      <b id={labelId}>{label}</b>
      <div role="group" aria-labelledby={labelId} className={classes['inside']}>
        {value === null ? (
          <div className={classes['none']}>
            <Text size="sm">{t('photo.hint')}</Text>
          </div>
        ) : (
          <Chosen photo={value} label={label} onChange={onChange} />
        )}
        <Group gap={6}>
          <FileButton
            accept="image/jpeg,image/png,image/webp"
            onChange={(file) => file !== null && void take(file)}
            inputProps={{ 'aria-label': t('photo.choose', { which: label }) }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="compact-sm"
                leftSection={<IconPhotoPlus size={14} aria-hidden />}
              >
                {t(value === null ? 'photo.chooseShort' : 'photo.replace')}
              </Button>
            )}
          </FileButton>
          {value !== null && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>
              {t('photo.takeOut')}
            </Button>
          )}
        </Group>
      </div>
    </div>
  );
}

function Chosen({ photo, label, onChange }: Omit<Props, 'value'> & { readonly photo: Photo }) {
  const { t } = useTranslation();
  const address = usePictures([photo]).get(photo.hash);
  return (
    <>
      {address === undefined ? (
        <div className={classes['none']}>
          <Text size="sm">{t('photo.onItsWay')}</Text>
        </div>
      ) : (
        <img src={address} width={photo.width} height={photo.height} alt={photo.caption || label} />
      )}
      <TextInput
        aria-label={t('photo.caption', { which: label })}
        placeholder={t('photo.captionHint')}
        maxLength={200}
        value={photo.caption}
        onChange={(event) => onChange({ ...photo, caption: event.currentTarget.value })}
      />
    </>
  );
}

/** Takes a file in and gives it back as a record speaks of it, or says why not. */
function useTake(onTaken: (photo: Photo) => void): (file: File) => Promise<void> {
  const { t } = useTranslation();
  const store = useStore();
  return async (file) => {
    const small = await shrinkPhoto(file);
    const kept = small.ok ? await store.keepPhoto(small.bytes) : small;
    if (!kept.ok) return tellTrouble(t(`photo.problem.${kept.problem}`), t('common.close'));
    const { hash, width, height } = kept;
    onTaken({ hash, width, height, caption: '' });
  };
}

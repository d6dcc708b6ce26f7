import { Alert, Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Municipality } from '#shared/domain/directory.ts';
import { changedFields } from '#shared/domain/record.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useSaveSetting, type SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { MergePlaceDialog } from './merge-place-dialog.tsx';
import { PlaceForm } from './place-form.tsx';

interface Opened {
  /** `new`, or the municipality's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One municipality, to be read and changed. */
export function PlaceDrawer({ id, onClose }: Opened) {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const current = municipalities.find((one) => one.id === id) ?? null;
  const [isMerging, setMerging] = useState(false);
  const save = useSaveSetting('municipality', t('places.asBefore'), onClose);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={current === null ? t('places.new') : current.name}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {current === null && id !== 'new' ? (
        <p>{t('places.unknown')}</p>
      ) : (
        <Opening key={id} current={current} save={save} onMerge={() => setMerging(true)} />
      )}
      {isMerging && current !== null && (
        <MergePlaceDialog place={current} save={save} onClose={() => setMerging(false)} />
      )}
    </Drawer>
  );
}

interface OpeningProps {
  readonly current: Municipality | null;
  readonly save: SaveSetting<'municipality'>;
  readonly onMerge: () => void;
}

/** The form of the municipality as it was when it was opened, with a word of what others changed since. */
function Opening({ current, save, onMerge }: OpeningProps) {
  const { t } = useTranslation();
  const [seen] = useState(current);
  const changed = seen === null || current === null ? [] : Object.keys(changedFields(seen, current));
  return (
    <>
      {changed.length > 0 && (
        <Alert color="orange" title={t('places.changedMeanwhile')} mb="sm" role="status">
          {changed.map((field) => t(`places.field.${field}`)).join(', ')}
        </Alert>
      )}
      <PlaceForm seen={seen} save={save} onMerge={onMerge} />
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Municipality } from '#shared/domain/directory.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { MergeDialog } from '#renderer/kit/directory/merge-dialog.tsx';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
import { useSaveSetting, type SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { PlaceForm } from './place-form.tsx';
import { usePlaceUse } from './use-place-use.ts';

interface Opened {
  /** `new`, or the municipality's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One municipality, to be read and changed. */
export function PlaceDrawer({ id, onClose }: Opened) {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const current = municipalities.find((place) => place.id === id) ?? null;
  const [isMerging, setMerging] = useState(false);
  const save = useSaveSetting('municipality', t('directory.asBefore'), onClose);
  return (
    <SettingDrawer
      id={id}
      current={current}
      title={current?.name ?? t('places.new')}
      unknown={t('places.unknown')}
      fieldName={(field) => t(`places.field.${field}`)}
      onClose={onClose}
    >
      {(seen) => (
        <>
          <PlaceForm seen={seen} save={save} onMerge={() => setMerging(true)} />
          {isMerging && current !== null && (
            <MergePlace place={current} save={save} onClose={() => setMerging(false)} />
          )}
        </>
      )}
    </SettingDrawer>
  );
}

interface MergeProps {
  readonly place: Municipality;
  readonly save: SaveSetting<'municipality'>;
  readonly onClose: () => void;
}

/** Gives a municipality's ground to another. */
function MergePlace({ place, save, onClose }: MergeProps) {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const use = usePlaceUse(place.name);
  const effects = ({ name }: Municipality): readonly string[] | null =>
    use && [
      t('places.mergeEffect.new', { name }),
      t('places.mergeEffect.routes', { count: use.routes, name }),
      t('places.mergeEffect.past', { count: use.incidents, name: place.name }),
    ];
  return (
    <MergeDialog
      entry={place}
      rows={municipalities}
      title={t('places.mergeTitle', { name: place.name })}
      label={t('places.mergeInto')}
      effects={effects}
      merge={(merged, { shortName: name }) => save(merged, place, t('places.merged', { name }))}
      onClose={onClose}
    />
  );
}

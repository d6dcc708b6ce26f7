import { Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Municipality } from '#shared/domain/directory.ts';
import { looksOf } from '#shared/domain/records/looks.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { successorsFor } from './place-choices.ts';
import { usePlaceUse } from './use-place-use.ts';

interface Props {
  readonly place: Municipality;
  readonly save: SaveSetting<'municipality'>;
  readonly onClose: () => void;
}

/** Gives a municipality's ground to another from now on, and says first what that does. */
export function MergePlaceDialog({ place, save, onClose }: Props) {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const centreTime = useCentreTime();
  const choices = successorsFor(municipalities, place.id, useNow());
  const [into, setInto] = useState(() => likeliest(place, municipalities, choices));
  const use = usePlaceUse(place.name);
  const target = municipalities.find(({ id }) => id === into);
  const merge = async (): Promise<void> => {
    if (target === undefined) return;
    const done = t('places.merged', { name: target.shortName });
    if (await save({ ...place, validTo: centreTime(), successor: target.id }, place, done)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('places.mergeTitle', { name: place.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Select
        data-autofocus
        label={t('places.mergeInto')}
        data={choices}
        value={into}
        onChange={setInto}
        searchable
        nothingFoundMessage={t('picker.nothing')}
      />
      {target !== undefined && use !== null && (
        <ul className={classes['effects']}>
          <li>{t('places.mergeEffect.new', { name: target.name })}</li>
          <li>{t('places.mergeEffect.routes', { count: use.routes, name: target.name })}</li>
          <li>{t('places.mergeEffect.past', { count: use.incidents, name: place.name })}</li>
        </ul>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={target === undefined || use === null} onClick={() => void merge()}>
          {t('places.merge')}
        </Button>
      </Group>
    </Modal>
  );
}

/** The municipality whose name looks most like it: one is the beginning of the other. */
function likeliest(
  place: Municipality,
  municipalities: readonly Municipality[],
  choices: readonly { readonly value: string }[],
): string | null {
  const open = new Set(choices.map(({ value }) => value));
  const looks = looksOf(place.name);
  const alike = municipalities.find(
    ({ id, name, shortName }) =>
      open.has(id) &&
      [name, shortName].map(looksOf).some((other) => other.startsWith(looks) || looks.startsWith(other)),
  );
  return alike?.id ?? null;
}

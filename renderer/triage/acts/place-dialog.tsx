import { Autocomplete, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { existsAt } from '#shared/domain/directory.ts';
import type { Place } from '#shared/domain/incident.ts';
import { settlementsAt } from '#shared/domain/places.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';

interface PlaceDialogProps {
  readonly isOpen: boolean;
  readonly place: Place;
  readonly onClose: () => void;
  readonly onSave: (place: Place) => void;
}

const PlaceForm = ({ place: initial, onSave, onClose }: Omit<PlaceDialogProps, 'isOpen'>) => {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const [place, setPlace] = useState(initial);
  const now = useNow();
  const settlements = settlementsAt(municipalities, place.municipality, now);
  const town = settlements.find(({ name }) => name === place.settlement);
  // What the message has stays to choose, though it is no more.
  const names = municipalities
    .filter((one) => existsAt(one, now) || one.name === initial.municipality)
    .map(({ name }) => name);
  const set = (change: Partial<Place>): void => setPlace((before) => ({ ...before, ...change }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(place);
        onClose();
      }}
    >
      <Stack gap="sm">
        <Select
          data-autofocus
          label={t('field.municipality')}
          description={names.length === 0 ? t('place.noMunicipalities') : undefined}
          data={names}
          value={place.municipality || null}
          onChange={(municipality) => set({ municipality: municipality ?? '', settlement: '' })}
          searchable
          // A suggestion stands in the field: what is typed replaces it instead of following it.
          onFocus={(event) => event.currentTarget.select()}
          // Choosing what stands there already keeps it.
          allowDeselect={false}
          // Keep typed text on Enter and on the way to the next field.
          selectFirstOptionOnChange
          autoSelectOnBlur
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
        />
        <Autocomplete
          label={t('field.settlement')}
          data={[...new Set(settlements.map(({ name }) => name))]}
          value={place.settlement}
          onChange={(settlement) => set({ settlement })}
          limit={12}
        />
        <Group grow align="flex-start">
          <Autocomplete
            label={t('field.street')}
            data={[...new Set(town?.streets)]}
            value={place.street}
            onChange={(street) => set({ street })}
            limit={12}
          />
          <TextInput
            label={t('field.house')}
            value={place.house}
            onChange={(event) => set({ house: event.currentTarget.value })}
          />
        </Group>
        <TextInput
          label={t('field.object')}
          placeholder={t('place.objectExample')}
          value={place.object}
          onChange={(event) => set({ object: event.currentTarget.value })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('common.done')}</Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Form of a place: names from the directory, free text where the directory ends. */
export const PlaceDialog = ({ isOpen, onClose, ...rest }: PlaceDialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('place.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <PlaceForm {...rest} onClose={onClose} />
    </Modal>
  );
};

import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MUNICIPALITY_KINDS, type Municipality } from '#shared/domain/directory.ts';
import type { MunicipalityUse } from '#shared/domain/records/place-surroundings.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { EntryForm } from '#renderer/kit/directory/entry-form.tsx';
import { FieldGroup, ShortNameInput, ValidityPart, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import type { JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import type { PlaceFields } from './place-draft.ts';
import { SettlementsField } from './settlements-field.tsx';
import { usePlaceForm } from './use-place-form.ts';
import { usePlaceUse } from './use-place-use.ts';

interface FormProps {
  /** The municipality as the form was opened with; null: a new one. */
  readonly seen: Municipality | null;
  readonly save: SaveSetting<'municipality'>;
  readonly onMerge: () => void;
}

type Judged = JudgedForm<PlaceFields, Municipality>;
type NameProps = Pick<Judged, 'form' | 'field'> & { readonly isNamed: boolean };

/** The form of a municipality. What it would be refused for is said before it is saved. */
export function PlaceForm({ seen, save, onMerge }: FormProps) {
  const { t } = useTranslation();
  const use = usePlaceUse(seen?.name ?? null);
  const judged = usePlaceForm(seen, use);
  const { form, field } = judged;
  const { municipalities } = useReference();
  return (
    <EntryForm
      judged={judged}
      name={t('places.form')}
      seen={seen}
      cameWithImport={{ title: t('places.cameWithImport'), hint: t('places.cameWithImportHint') }}
      save={(place) => save(place, seen, t(seen === null ? 'places.added' : 'directory.saved'))}
      onMerge={onMerge}
    >
      <Names form={form} field={field} isNamed={use !== null && use.incidents + use.routes > 0} />
      <Population field={field} />
      <SettlementsField
        value={form.values.settlements}
        error={form.errors['settlements']}
        onChange={(settlements) => form.setFieldValue('settlements', settlements)}
      />
      <ValidityPart
        title={t('places.part.validity')}
        field={field}
        lastDay={form.values.lastDay}
        rows={municipalities}
        id={seen?.id ?? null}
      />
      {use !== null && <Use use={use} />}
    </EntryForm>
  );
}

/** A name that is in use stays: messages and routes know the municipality by it. */
function Names({ form, field, isNamed }: NameProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('places.part.name')}>
      <TextInput
        {...field('name')}
        data-autofocus
        required
        readOnly={isNamed}
        variant={isNamed ? 'filled' : 'default'}
        description={t(isNamed ? 'places.nameStays' : 'places.formHint.name')}
        style={WIDE}
      />
      <ShortNameInput {...field('shortName')} value={form.values.shortName} />
      <Select
        {...field('kind')}
        data={MUNICIPALITY_KINDS.map((kind) => ({ value: kind, label: t(`places.kind.${kind}`) }))}
        allowDeselect={false}
      />
    </FieldGroup>
  );
}

function Population({ field }: Pick<Judged, 'field'>) {
  const { t } = useTranslation();
  const number = { allowDecimal: false, allowNegative: false, clampBehavior: 'none' } as const;
  return (
    <FieldGroup title={t('places.part.population')}>
      <NumberInput {...field('count')} {...number} thousandSeparator=" " />
      <NumberInput {...field('year')} {...number} />
    </FieldGroup>
  );
}

/** Says what is called by the name. */
function Use({ use }: { readonly use: MunicipalityUse }) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('places.part.use')}>
      <p className={classes['hint']} style={WIDE}>
        {t('places.use', { ...use })}
      </p>
    </FieldGroup>
  );
}

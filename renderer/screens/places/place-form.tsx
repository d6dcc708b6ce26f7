import { Alert, Button, NumberInput, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  isUnsorted,
  MUNICIPALITY_KINDS,
  SHORT_NAME_LENGTH,
  type Municipality,
} from '#shared/domain/directory.ts';
import { must } from '#shared/domain/must.ts';
import type { MunicipalityUse } from '#shared/domain/records/place-surroundings.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { successorsFor } from './place-choices.ts';
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

type Form = UseFormReturnType<PlaceFields>;

/** The form of a municipality. What it would be refused for is said before it is saved. */
export function PlaceForm({ seen, save, onMerge }: FormProps) {
  const { t } = useTranslation();
  const use = usePlaceUse(seen?.name ?? null);
  const { form, read } = usePlaceForm(seen, use);
  const now = useNow();
  const isOver = seen?.validTo !== undefined && seen.validTo <= now;
  const isToSort = seen !== null && isUnsorted(seen);
  const submit = (fields: PlaceFields): void => {
    const row = must(read(fields).value, 'a form without wrong fields');
    void save(row, seen, t(seen === null ? 'places.added' : 'places.saved'));
  };
  return (
    <form
      className={classes['form']}
      aria-label={t('places.form')}
      noValidate
      onSubmit={form.onSubmit(submit, (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus())}
    >
      {isToSort && (
        <Alert color="orange" title={t('places.cameWithImport')}>
          {t('places.cameWithImportHint')}
        </Alert>
      )}
      <Names form={form} isNamed={use !== null && use.incidents + use.routes > 0} />
      <Population form={form} />
      <SettlementsField
        value={form.values.settlements}
        error={form.errors['settlements']}
        onChange={(settlements) => form.setFieldValue('settlements', settlements)}
      />
      <Validity form={form} id={seen?.id ?? null} />
      {use !== null && <Use use={use} />}
      <div className={classes['buttons']}>
        {seen === null || isOver ? (
          <span />
        ) : (
          <Button variant="default" onClick={onMerge}>
            {t('places.mergeWith')}
          </Button>
        )}
        <Button type="submit">{t(isToSort ? 'places.confirm' : 'places.save')}</Button>
      </div>
    </form>
  );
}

/** Label and hint of a field of the form. */
function useField(form: Form) {
  const { t } = useTranslation();
  return (name: keyof PlaceFields) => ({
    ...form.getInputProps(name),
    label: t(`places.field.${name}`),
    description: t(`places.formHint.${name}`, { defaultValue: '' }) || undefined,
  });
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

/** A name that is in use stays: messages and routes know the municipality by it. */
function Names({ form, isNamed }: { readonly form: Form; readonly isNamed: boolean }) {
  const { t } = useTranslation();
  const field = useField(form);
  const left = SHORT_NAME_LENGTH - Array.from(form.values.shortName.trim()).length;
  return (
    <Part title={t('places.part.name')}>
      <TextInput
        {...field('name')}
        data-autofocus
        required
        readOnly={isNamed}
        variant={isNamed ? 'filled' : 'default'}
        description={t(isNamed ? 'places.nameStays' : 'places.formHint.name')}
        style={{ gridColumn: '1 / -1' }}
      />
      <TextInput
        {...field('shortName')}
        required
        description={t(left < 0 ? 'places.lettersOver' : 'places.lettersLeft', { count: Math.abs(left) })}
      />
      <Select
        {...field('kind')}
        data={MUNICIPALITY_KINDS.map((kind) => ({ value: kind, label: t(`places.kind.${kind}`) }))}
        allowDeselect={false}
      />
    </Part>
  );
}

function Population({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  const field = useField(form);
  const number = { allowDecimal: false, allowNegative: false, clampBehavior: 'none' } as const;
  return (
    <Part title={t('places.part.population')}>
      <NumberInput {...field('count')} {...number} thousandSeparator=" " />
      <NumberInput {...field('year')} {...number} />
    </Part>
  );
}

function Validity({ form, id }: { readonly form: Form; readonly id: string | null }) {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const field = useField(form);
  const choices = successorsFor(municipalities, id, useNow());
  return (
    <Part title={t('places.part.validity')}>
      <TextInput {...field('firstDay')} type="date" />
      <TextInput {...field('lastDay')} type="date" />
      {form.values.lastDay !== '' && (
        <Select
          {...field('successor')}
          // A refusal brings the focus here; the list would hide its sentence.
          openOnFocus={false}
          data={choices}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('places.noSuccessor') }}
          nothingFoundMessage={t('picker.nothing')}
          style={{ gridColumn: '1 / -1' }}
        />
      )}
    </Part>
  );
}

/** Says what is called by the name. */
function Use({ use }: { readonly use: MunicipalityUse }) {
  const { t } = useTranslation();
  return (
    <Part title={t('places.part.use')}>
      <p className={classes['hint']} style={{ gridColumn: '1 / -1' }}>
        {t('places.use', { ...use })}
      </p>
    </Part>
  );
}

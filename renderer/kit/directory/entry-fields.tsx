import { Select, TextInput } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SHORT_NAME_LENGTH } from '#shared/domain/directory.ts';
import type { ValidityDays } from '#renderer/kit/forms/validity-days.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { entryChoices, type Entry } from './entry.ts';

/** Style of a field as wide as the form. */
export const WIDE = { gridColumn: '1 / -1' } as const;

/** Fields of a form that belong together. */
export const FieldGroup = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

/** A short name, with the room that is left in a row of the queue. */
export function ShortNameInput(props: ComponentProps<typeof TextInput> & { readonly value: string }) {
  const { t } = useTranslation();
  const left = SHORT_NAME_LENGTH - Array.from(props.value.trim()).length;
  const said = t(left < 0 ? 'directory.lettersOver' : 'directory.lettersLeft', { count: Math.abs(left) });
  return <TextInput {...props} required description={said} />;
}

/** Gives what a field draws of itself: value, label, hint, error. */
export type FieldProps<F> = (name: keyof F) => object;

interface ValidityProps {
  readonly title: string;
  readonly field: FieldProps<ValidityDays & { successor: string | null }>;
  readonly lastDay: string;
  readonly rows: readonly Entry[];
  readonly id: string | null;
}

/** From when until when a row holds, and who follows it. */
export function ValidityPart({ title, field, lastDay, rows, id }: ValidityProps) {
  const { t } = useTranslation();
  const choices = entryChoices(rows, useNow(), id);
  return (
    <FieldGroup title={title}>
      <TextInput {...field('firstDay')} type="date" />
      <TextInput {...field('lastDay')} type="date" />
      {lastDay !== '' && (
        <Select
          {...field('successor')}
          // A refusal brings the focus here; the list would hide its sentence.
          openOnFocus={false}
          data={choices}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('directory.noSuccessor') }}
          nothingFoundMessage={t('picker.nothing')}
          style={WIDE}
        />
      )}
    </FieldGroup>
  );
}

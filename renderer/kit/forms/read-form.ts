import type { FormErrors } from '@mantine/form';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { z } from 'zod';

/** A form's values read by the API's own rules, or the names of the fields that break them. */
export interface FormReading<T> {
  readonly value: T | null;
  readonly wrong: readonly string[];
  /** Those of the wrong fields in which nothing stands. */
  readonly empty: readonly string[];
}

const isEmpty = (value: unknown): boolean => value === '' || value === null || value === undefined;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value === null || typeof value !== 'object' ? undefined : Reflect.get(value, key)),
    input,
  );

/** Reads the input of a form; `fieldOf` names the field that stands for a place in the API's body. */
export function readForm<T>(
  schema: z.ZodType<T>,
  input: object,
  fieldOf: (path: readonly PropertyKey[]) => PropertyKey | undefined,
): FormReading<T> {
  const read = schema.safeParse(input);
  if (read.success) return { value: read.data, wrong: [], empty: [] };
  const { issues } = read.error;
  const fieldsOf = (some: typeof issues): string[] => some.map(({ path }) => String(fieldOf(path)));
  return {
    value: null,
    wrong: fieldsOf(issues),
    empty: fieldsOf(issues.filter(({ path }) => isEmpty(valueAt(input, path)))),
  };
}

/** Takes no row that breaks a rule besides its schema; `fieldOf` names the field that broke it. */
export function admitting<T>(
  reading: FormReading<T>,
  isFine: (row: T) => boolean,
  fieldOf: (row: T) => string,
): FormReading<T> {
  const { value } = reading;
  return value === null || isFine(value) ? reading : { value: null, wrong: [fieldOf(value)], empty: [] };
}

/** Marks of wrong fields. */
const MARKS = { wrong: 'wrong', empty: 'empty' } as const;

/** Marks the wrong fields of a form; `wrongWords` chooses their sentences where they are drawn. */
export const formErrors = ({ wrong, empty }: FormReading<unknown>): FormErrors =>
  Object.fromEntries(wrong.map((field) => [field, empty.includes(field) ? MARKS.empty : MARKS.wrong]));

/**
 * The sentence of a marked field: an empty one is asked for («Введите название»), where it has words for
 * that; any other is told its rule. Undefined for a field without a mark.
 */
export const wrongWords = (
  mark: ReactNode,
  field: string,
  rule: string,
  t: TFunction,
): string | undefined => {
  if (mark === undefined || mark === null) return undefined;
  return mark === MARKS.empty ? t(`formEmpty.${field}`, { defaultValue: rule }) : rule;
};

/** The sentences of all wrong fields; `ruleOf` says a field's rule. */
export const formSentences = (
  reading: FormReading<unknown>,
  ruleOf: (field: string) => string,
  t: TFunction,
): FormErrors =>
  Object.fromEntries(
    Object.entries(formErrors(reading)).map(([field, mark]) => [
      field,
      wrongWords(mark, field, ruleOf(field), t),
    ]),
  );

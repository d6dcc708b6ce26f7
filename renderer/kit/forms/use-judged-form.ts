import { useForm, type UseFormReturnType } from '@mantine/form';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import type { Refusal, RefusalKind } from '#shared/domain/refusal.ts';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import { formSentences, type FormReading } from './read-form.ts';
import { useHeldSubmission } from './use-held-submission.ts';

/** The words of a form's fields. */
interface FieldWords {
  readonly label: (field: string) => string;
  /** '' for a field without a hint. */
  readonly hint: (field: string) => string;
  /** Says the rule of a field that was broken. */
  readonly rule: (field: string) => string;
}

/** How a form becomes a row, and who judges the row. */
interface Judging<F, R> {
  readonly initialValues: F;
  readonly read: (fields: F) => FormReading<R>;
  /** The judge that the store and the centre ask. */
  readonly judge: (row: R, fields: F) => Refusal | null;
  /** The field under which a refusal is read; `otherwise` stands for the rest. */
  readonly fieldOf: Partial<Readonly<Record<RefusalKind, keyof F & string>>>;
  readonly otherwise: keyof F & string;
  readonly words: FieldWords;
  /** Fields are judged when they are left, too. */
  readonly judgesOnBlur?: boolean;
  /** False while what the judge must know is still being read: a submission waits for it. */
  readonly isReady?: boolean;
}

/** A form of a setting, judged as the centre will judge it. */
export interface JudgedForm<F, R> {
  readonly form: UseFormReturnType<F>;
  /** Gives what a field draws of itself: value, label, hint, error. */
  readonly field: (name: keyof F & string) => FieldLook<F>;
  /** The row as typed; null while a field breaks its schema. */
  readonly row: R | null;
  /** Handles the submission: saves a row without fault, or brings the focus to the first fault seen. */
  readonly submitting: (
    save: (row: R, fields: F) => unknown,
  ) => (event: SubmitEvent<HTMLFormElement>) => void;
}

/** See {@link JudgedForm.field}. */
type FieldLook<F> = ReturnType<UseFormReturnType<F>['getInputProps']> & {
  readonly label: string;
  readonly description: string | undefined;
};

/** The element that stands first in the page. */
const firstOf = (nodes: readonly (HTMLElement | null)[]): HTMLElement | undefined =>
  nodes
    .filter((node) => node !== null)
    .toSorted((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))[0];

/** Keeps the form of a setting; why it would be refused is said under its fields before it is saved. */
export function useJudgedForm<F extends Record<keyof F, unknown>, R>(
  judging: Judging<F, R>,
): JudgedForm<F, R> {
  const { t } = useTranslation();
  const wordsOf = useRefusalWords();
  const { initialValues, read, judge, fieldOf, otherwise, words } = judging;
  const isHeld = useHeldSubmission(judging.isReady ?? true);
  const form = useForm<F>({
    initialValues,
    validateInputOnBlur: judging.judgesOnBlur ?? true,
    validate: (fields) => {
      const reading = read(fields);
      if (reading.value === null) return formSentences(reading, words.rule, t);
      const refusal = judge(reading.value, fields);
      return refusal === null ? {} : { [fieldOf[refusal.kind] ?? otherwise]: wordsOf(refusal) };
    },
  });
  return {
    form,
    field: (name) => ({
      ...form.getInputProps(name),
      label: words.label(name),
      description: words.hint(name) || undefined,
    }),
    row: read(form.values).value,
    submitting: (save) => {
      const submit = form.onSubmit(
        (fields) => void save(must(read(fields).value, 'a form without wrong fields'), fields),
        (errors) => firstOf(Object.keys(errors).map((field) => form.getInputNode(field)))?.focus(),
      );
      return (event) => isHeld(event) || submit(event);
    },
  };
}

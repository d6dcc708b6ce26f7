import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { shownInForm, useCentreAction, type CentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { formErrors, wrongWords, type FormReading } from './read-form.ts';

/** How a form becomes what the centre takes, and what its fields are called. */
interface Sending<F, C, T> {
  readonly initialValues: F;
  readonly read: (fields: F) => FormReading<C>;
  /** Name, hint and rule of a field, by what is typed so far. */
  readonly words: Readonly<Record<'label' | 'hint' | 'rule', (field: string, typed: F) => string>>;
  readonly send: (change: C) => Promise<CentreAnswer<T>>;
  readonly onSent: (answer: T, change: C) => unknown;
}

/** A form that the centre takes at once, past the outbox: what it refuses stays beside what was typed. */
export interface SentForm<F, C> {
  readonly form: UseFormReturnType<F, C>;
  /** Gives what a field draws of itself: value, label, hint, error. */
  readonly field: SentField<F>;
  /** As `field`, of a switch. */
  readonly toggle: SentField<F>;
  readonly sending: CentreAction<C>;
}

/** See {@link SentForm.field}. */
export type SentField<F> = (name: keyof F & string) => ReturnType<UseFormReturnType<F>['getInputProps']> & {
  readonly label: string;
  readonly description: string;
  readonly error: string | undefined;
};

/** Keeps a form that is read by the API's own rules and sent to the centre. */
export function useSentForm<F extends Record<keyof F, unknown>, C, T>(
  sent: Sending<F, C, T>,
): SentForm<F, C> {
  const { t } = useTranslation();
  const { initialValues, read, words, send, onSent } = sent;
  const form = useForm<F, C>({
    initialValues,
    clearInputErrorOnChange: false,
    validate: (fields) => formErrors(read(fields)),
    transformValues: (fields) => must(read(fields).value, 'a form without wrong fields'),
  });
  const fieldOf =
    (type: 'input' | 'checkbox'): SentField<F> =>
    (name) => ({
      ...form.getInputProps(name, { type }),
      label: words.label(name, form.values),
      description: words.hint(name, form.values),
      error: wrongWords(form.errors[name], name, words.rule(name, form.values), t),
    });
  return {
    form,
    field: fieldOf('input'),
    toggle: fieldOf('checkbox'),
    sending: useCentreAction(send, onSent, shownInForm),
  };
}

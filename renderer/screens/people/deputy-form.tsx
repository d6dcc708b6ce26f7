import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import {
  DEPUTY_TROUBLES,
  judgeDeputyship,
  misfitOf,
  type Deputyship,
  type DeputyTrouble,
} from '#shared/domain/deputyship.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { deputyFieldsSchema, type DeputyFields, type ListedAccount } from '#shared/protocol/accounts.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { changeDeputyship, addDeputyship } from './people-api.ts';
import classes from './people.module.css';

interface Props {
  readonly person: ListedAccount;
  readonly people: readonly ListedAccount[];
  readonly deputyships: readonly Deputyship[];
  /** Null: a new one. */
  readonly seen: Deputyship | null;
  readonly isLive: boolean;
  readonly onClose: () => void;
  readonly refresh: () => Promise<void>;
}

const PREFIX = 'deputy_';

/** The field that a refusal is about. */
const fieldOf = (trouble: DeputyTrouble): keyof DeputyFields =>
  trouble === 'ends_first' || trouble === 'over' || trouble === 'long'
    ? 'to'
    : trouble === 'overlaps'
      ? 'from'
      : 'deputy';

/** Judges the form as the centre will, and says what it refuses beside the field. */
function useDeputyForm({ person, people, deputyships, seen }: Props) {
  const { t } = useTranslation();
  const { zone } = useReference();
  const today = localTimeAt(zone, useNow()).date;
  const known = new Map(people.map((one) => [one.id, one]));
  const form = useForm<DeputyFields>({
    initialValues: { deputy: seen?.deputy ?? '', from: seen?.from ?? today, to: seen?.to ?? '' },
    validate: (values) => {
      const read = deputyFieldsSchema.safeParse(values);
      if (!read.success)
        return Object.fromEntries(
          read.error.issues.map(({ path }) => [
            String(path[0]),
            t(`deputies.missing.${path[0] === 'deputy' ? 'deputy' : 'day'}`),
          ]),
        );
      const wanted = { id: seen?.id ?? '', person: person.id, ...read.data };
      const why = judgeDeputyship(wanted, { people: known, named: deputyships, today });
      return why === null ? {} : { [fieldOf(why)]: t(`error.${PREFIX}${why}`) };
    },
  });
  const choices = people
    .filter((one) => one.id !== person.id && misfitOf(person, one) === null)
    .map(({ id, displayName }) => ({ value: id, label: displayName }));
  return { form, choices };
}

/** Names somebody's deputy for some days, or changes whom and until when. */
export function DeputyForm(props: Props) {
  const { t } = useTranslation();
  const { person, seen, isLive, onClose, refresh } = props;
  const { form, choices } = useDeputyForm(props);
  useHoldOpen(form.isDirty() ? 'typed' : null);
  const saving = useCentreAction(
    (fields: DeputyFields) =>
      seen === null ? addDeputyship(person.id, fields) : changeDeputyship(seen, fields),
    async (_, { deputy }) => {
      const name = choices.find(({ value }) => value === deputy)?.label ?? '';
      tellDone(t('deputies.saved', { name }));
      onClose();
      await refresh();
    },
    (error) => {
      const trouble = error.startsWith(PREFIX)
        ? memberOf(DEPUTY_TROUBLES, error.slice(PREFIX.length))
        : undefined;
      if (trouble !== undefined) form.setFieldError(fieldOf(trouble), t(`error.${error}`));
    },
  );
  return (
    <form
      aria-label={t('deputies.form')}
      className={classes['deputy']}
      onSubmit={form.onSubmit((fields) => saving.run(fields))}
      noValidate
    >
      <p className={administration['hint']}>
        {t(`deputies.does.${person.role === 'executor' ? 'executor' : 'centre'}`)}
      </p>
      {choices.length === 0 && <p className={administration['hint']}>{t('deputies.nobody')}</p>}
      <Select
        {...form.getInputProps('deputy')}
        label={t('deputies.who')}
        data={choices}
        searchable
        data-autofocus
        nothingFoundMessage={t('picker.nothing')}
      />
      <div className={classes['days']}>
        <TextInput {...form.getInputProps('from')} type="date" label={t('deputies.from')} />
        <TextInput
          {...form.getInputProps('to')}
          type="date"
          label={t('deputies.to')}
          min={form.values.from}
        />
      </div>
      {saving.failure !== null && !saving.failure.startsWith(PREFIX) && (
        <p className={administration['bad']} role="alert">
          {t(`error.${saving.failure}`)}
        </p>
      )}
      <div className={classes['acts']}>
        <Button type="submit" loading={saving.isPending} disabled={!isLive || !form.isDirty()}>
          {t('deputies.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

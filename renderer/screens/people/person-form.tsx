import { Button, MultiSelect, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Newcomer } from '#shared/domain/account-rules.ts';
import { ROLES } from '#shared/domain/actor.ts';
import { existsAt } from '#shared/domain/directory.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { wrongWords } from '#renderer/kit/forms/read-form.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import {
  fieldOfError,
  personErrors,
  personValuesOf,
  readPerson,
  type PersonValues,
} from './person-values.ts';

interface Props<T> {
  /** Null: somebody new. */
  readonly person: ListedAccount | null;
  readonly isLive: boolean;
  readonly save: (person: Newcomer) => Promise<CentreAnswer<T>>;
  readonly onSaved: (answer: T, person: Newcomer) => unknown;
}

/** Agencies an executor may be of: those that exist now, and the one that is set. */
function useAgencyChoices(current: string | null): { value: string; label: string }[] {
  const { agencies } = useReference();
  const now = useNow();
  return agencies
    .filter((agency) => existsAt(agency, now) || agency.id === current)
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** Municipalities that exist now, and those that are set. */
function useMunicipalityChoices(current: readonly string[]): { value: string; label: string }[] {
  const { municipalities } = useReference();
  const now = useNow();
  return municipalities
    .filter((municipality) => existsAt(municipality, now) || current.includes(municipality.id))
    .map(({ id, shortName }) => ({ value: id, label: shortName }));
}

/** Somebody's name, role and agency; of somebody new the login too. */
export function PersonForm<T>({ person, isLive, save, onSaved }: Props<T>) {
  const { t } = useTranslation();
  const agencies = useAgencyChoices(person?.agency ?? null);
  const municipalities = useMunicipalityChoices(person?.municipalities ?? []);
  const form = useForm<PersonValues>({
    initialValues: personValuesOf(person),
    validate: (values) => personErrors(values, person === null),
  });
  const saving = useCentreAction(
    save,
    (answer, saved) => {
      form.resetDirty();
      return onSaved(answer, saved);
    },
    (error) => {
      const field = fieldOfError(error);
      if (field !== undefined) form.setFieldError(field, error);
    },
  );
  useHoldOpen(form.isDirty() ? 'typed' : null);
  const field = (name: keyof PersonValues) => {
    const error = form.errors[name];
    return {
      ...form.getInputProps(name),
      label: t(`people.form.${name}`),
      error: typeof error === 'string' ? wrongWords(error, name, t(`error.${error}`), t) : undefined,
    };
  };
  const { role, agency } = readPerson(form.values);
  const isMoved = person !== null && (person.role !== role || person.agency !== agency);
  const failure =
    saving.failure !== null && fieldOfError(saving.failure) === undefined ? saving.failure : null;
  return (
    <form onSubmit={form.onSubmit((values) => saving.run(readPerson(values)))} noValidate>
      <Stack gap="md">
        <TextInput {...field('displayName')} {...(person === null ? { 'data-autofocus': true } : {})} />
        {person === null && (
          <TextInput {...field('login')} description={t('people.form.loginHint')} autoComplete="off" />
        )}
        <Radio.Group {...field('role')}>
          <Stack gap={8} mt={6}>
            {ROLES.map((known) => (
              <Radio
                key={known}
                value={known}
                label={t(`role.${known}`)}
                description={t(`people.does.${known}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {role === 'executor' && agencies.length === 0 && (
          <p className={classes['hint']}>
            {t('people.form.noAgencies')} <Link href="/agencies/new">{t('people.form.addAgency')}</Link>
          </p>
        )}
        {role === 'executor' && (
          <Select
            {...field('agency')}
            description={t('people.form.agencyHint')}
            data={agencies}
            searchable
            nothingFoundMessage={t('picker.nothing')}
          />
        )}
        <MultiSelect
          {...field('municipalities')}
          description={t('people.form.municipalitiesHint')}
          data={municipalities}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          nothingFoundMessage={t('picker.nothing')}
        />
        {isMoved && <p className={classes['hint']}>{t('people.form.moved')}</p>}
        {failure !== null && (
          <p className={classes['bad']} role="alert">
            {t(`error.${failure}`)}
          </p>
        )}
        {!isLive && <p className={classes['bad']}>{t('centre.needsConnection')}</p>}
        <div className={classes['tools']}>
          <Button
            type="submit"
            loading={saving.isPending}
            disabled={!isLive || (person !== null && !form.isDirty())}
          >
            {t(person === null ? 'people.form.add' : 'people.form.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

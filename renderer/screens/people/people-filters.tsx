import { Button, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#shared/domain/actor.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { EVERYBODY, PERSON_STATES, type PeopleFilter } from './people-filter.ts';
import classes from './people.module.css';

interface Props {
  readonly people: readonly ListedAccount[];
  readonly shown: number;
  readonly filter: PeopleFilter;
  readonly onChange: (filter: PeopleFilter) => void;
}

/** Whom the list shows: by a part of the name or login, role, agency, state. */
export function PeopleFilters({ people, shown, filter, onChange }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const change = (part: Partial<PeopleFilter>): void => onChange({ ...filter, ...part });
  const agencies = [...new Set(people.flatMap(({ agency }) => (agency === null ? [] : [agency])))]
    .map((id) => ({ value: id, label: agencyName(reference, id) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const choice = (name: 'role' | 'agency' | 'state') => ({
    'aria-label': t(`people.column.${name}`),
    placeholder: t(`people.any.${name}`),
    value: filter[name],
    clearable: true,
    clearButtonProps: { 'aria-label': t('common.clear') },
  });
  return (
    <div className={classes['filters']}>
      <TextInput
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.text}
        onChange={({ currentTarget: { value } }) => change({ text: value })}
      />
      <Select
        {...choice('role')}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        onChange={(role) => change({ role: memberOf(ROLES, role) ?? null })}
      />
      <Select
        {...choice('agency')}
        data={agencies}
        searchable
        nothingFoundMessage={t('picker.nothing')}
        onChange={(agency) => change({ agency })}
      />
      <Select
        {...choice('state')}
        data={PERSON_STATES.map((state) => ({ value: state, label: t(`people.state.${state}`) }))}
        onChange={(state) => change({ state: memberOf(PERSON_STATES, state) ?? null })}
      />
      <p role="status">{t('people.shown', { shown, count: people.length })}</p>
      {shown < people.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(EVERYBODY)}>
          {t('people.showAll')}
        </Button>
      )}
    </div>
  );
}

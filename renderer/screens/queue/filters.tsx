import { Button, Checkbox, Group, Popover, ScrollArea, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORKS } from '#shared/domain/incident.ts';
import { dayOfDate, instantAtLocal, localTimeAt } from '#shared/domain/time-zone.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, municipalityName, topicsInForce } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { QueueQuery } from '#renderer/data/store/console-store.ts';
import { RegisterButton } from '#renderer/triage/register/register-button.tsx';
import { isFiltered, type ListField, NO_CONDITIONS, UNPLACED, SORTS } from './query.ts';
import classes from './queue.module.css';

interface FiltersProps {
  readonly query: QueueQuery;
  readonly onChange: (change: Partial<QueueQuery>) => void;
  readonly searchRef: React.RefObject<HTMLInputElement | null>;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function useChoices(): Readonly<
  Record<'municipalities' | 'groups' | 'agencies' | 'networks', readonly Choice[]>
> {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  return {
    municipalities: [
      ...reference.municipalities.map(({ name }) => ({
        value: name,
        label: municipalityName(reference, name),
      })),
      { value: UNPLACED, label: t('filter.noPlace') },
    ],
    groups: [...new Set(topicsInForce(reference, now).map(({ group }) => group))].map((group) => ({
      value: group,
      label: group,
    })),
    agencies: reference.agencies.map(({ id }) => ({ value: id, label: agencyName(reference, id) })),
    networks: NETWORKS.map((network) => ({ value: network, label: t(`network.${network}`) })),
  };
}

interface ListChipProps {
  readonly field: Exclude<ListField, 'topics'>;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** «Биробиджан, Ленинский +1»: what is chosen, and the list to choose from. */
const ListChip = ({ field, choices, chosen, onChange }: ListChipProps) => {
  const { t } = useTranslation();
  const [find, setFind] = useState('');
  const labels = chosen.map((value) => choices.find((choice) => choice.value === value)?.label ?? value);
  const more = labels.length > 2 ? ` +${labels.length - 2}` : '';
  const text = labels.length === 0 ? t(`filter.${field}`) : labels.slice(0, 2).join(', ') + more;
  const shown = choices.filter(({ label }) => label.toLowerCase().includes(find.toLowerCase()));
  return (
    <Popover position="bottom-start" shadow="md" trapFocus onClose={() => setFind('')}>
      <Popover.Target>
        <button type="button" className={classes['chip']} data-on={chosen.length > 0}>
          <span>{text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t(`filter.${field}`)}>
        <Stack gap="xs" w={280}>
          {choices.length > 8 && (
            <TextInput
              size="xs"
              value={find}
              onChange={(event) => setFind(event.currentTarget.value)}
              placeholder={t('picker.placeholder')}
              aria-label={t('picker.placeholder')}
            />
          )}
          <ScrollArea.Autosize mah={300}>
            <Checkbox.Group value={[...chosen]} onChange={onChange} aria-label={t(`filter.${field}`)}>
              <Stack gap={8} py={4}>
                {shown.map(({ value, label }) => (
                  <Checkbox key={value} size="xs" value={value} label={label} />
                ))}
              </Stack>
            </Checkbox.Group>
          </ScrollArea.Autosize>
          {chosen.length > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => onChange([])}>
              {t('filter.any')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};

/** Days from … to, both included, of the region's calendar. */
const PeriodChip = ({ query, onChange }: Pick<FiltersProps, 'query' | 'onChange'>) => {
  const { t } = useTranslation();
  const { zone } = useReference();
  const when = useWhen();
  const now = useNow();
  const { from, to } = query;
  const dateOf = (at: number | null): string => (at === null ? '' : localTimeAt(zone, at).date);
  const startOf = (date: string, shift: number): number | null => {
    const day = dayOfDate(date);
    return day === null ? null : instantAtLocal(zone, day + shift, 0);
  };
  const isOn = from !== null || to !== null;
  const text = isOn
    ? [from === null ? '…' : when.date(from, now), to === null ? '…' : when.date(to - 1, now)].join(' – ')
    : t('filter.period');
  return (
    <Popover position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <button type="button" className={classes['chip']} data-on={isOn}>
          <span>{text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.period')}>
        <Group gap="xs" align="flex-end">
          <TextInput
            type="date"
            size="xs"
            label={t('filter.from')}
            value={dateOf(from)}
            onChange={(event) => onChange({ from: startOf(event.currentTarget.value, 0) })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('filter.to')}
            value={to === null ? '' : dateOf(to - 1)}
            onChange={(event) => onChange({ to: startOf(event.currentTarget.value, 1) })}
          />
          {isOn && (
            <Button size="compact-sm" variant="default" onClick={() => onChange({ from: null, to: null })}>
              {t('filter.any')}
            </Button>
          )}
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
};

/** New messages have no agency yet, so their lane is spared that condition. */
const CHIPS = ['municipalities', 'groups', 'agencies', 'networks'] as const;

/** The conditions of the queue as chips, and the order of its rows. */
export const Filters = ({ query, onChange, searchRef }: FiltersProps) => {
  const { t } = useTranslation();
  const choices = useChoices();
  const nextSort = SORTS[(SORTS.indexOf(query.sort) + 1) % SORTS.length] ?? 'due';
  return (
    <div className={classes['tools']} role="search">
      <input
        ref={searchRef}
        type="search"
        className={classes['search']}
        value={query.text}
        placeholder={t('filter.text')}
        aria-label={t('filter.text')}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') document.getElementById('queue-rows')?.focus();
        }}
      />
      {CHIPS.filter((field) => field !== 'agencies' || query.lane !== 'new').map((field) => (
        <ListChip
          key={field}
          field={field}
          choices={choices[field]}
          chosen={query[field]}
          onChange={(chosen) => onChange({ [field]: chosen })}
        />
      ))}
      <PeriodChip query={query} onChange={onChange} />
      {query.topics.length > 0 && (
        <button type="button" className={classes['chip']} data-on onClick={() => onChange({ topics: [] })}>
          <span>{query.topics.join(', ')}</span>
          <IconX size={14} aria-label={t('filter.any')} />
        </button>
      )}
      {isFiltered(query) && (
        <button type="button" className={classes['chip']} data-add onClick={() => onChange(NO_CONDITIONS)}>
          {t('filter.clear')}
        </button>
      )}
      <button
        type="button"
        className={classes['sort']}
        onClick={() => onChange({ sort: nextSort })}
        title={t('queue.changeSort')}
      >
        {t(`sort.${query.sort}`)}
      </button>
      <RegisterButton />
    </div>
  );
};

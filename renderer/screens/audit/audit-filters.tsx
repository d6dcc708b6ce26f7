import { Button, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSensibleDay } from '#shared/domain/bounds.ts';
import {
  AUDIT_GROUPS,
  AUDIT_KINDS,
  COMMAND_LINE,
  type AuditFilter,
  type AuditGroup,
} from '#shared/protocol/audit.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import classes from './audit.module.css';

interface Props {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}

const GROUPS = Object.keys(AUDIT_GROUPS) as readonly AuditGroup[];
const TYPED = ['from', 'to', 'word'] as const;
type Typed = Readonly<Record<(typeof TYPED)[number], string>>;

const typedOf = ({ from = '', to = '', word = '' }: AuditFilter): Typed => ({ from, to, word });
const isDay = (day: string): boolean => day === '' || isSensibleDay(day);

/** Everybody of the region, those who left too: what they did is what is looked for. */
function usePeople() {
  const { t } = useTranslation();
  const { accounts } = useReference();
  const people = accounts.map(({ id, displayName }) => ({ value: id, label: displayName }));
  return [...people, { value: COMMAND_LINE, label: t('audit.commandLine') }];
}

function KindPicker({ filter, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('audit.kind')}
      placeholder={t('audit.anything')}
      data={GROUPS.map((group) => ({
        group: t(`audit.group.${group}`),
        items: AUDIT_GROUPS[group].map((value) => ({ value, label: t(`audit.kinds.${value}`) })),
      }))}
      value={filter.kind ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      nothingFoundMessage={t('audit.nothing')}
      onChange={(value) => {
        const { kind: _, ...rest } = filter;
        const kind = memberOf(AUDIT_KINDS, value);
        onChange(kind === undefined ? rest : { ...rest, kind });
      }}
    />
  );
}

function PersonPicker({ filter, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('audit.person')}
      placeholder={t('audit.anybody')}
      data={usePeople()}
      value={filter.person ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      nothingFoundMessage={t('audit.nobody')}
      onChange={(person) => onChange({ ...filter, person: person ?? '' })}
    />
  );
}

/** Whose lines, of what kind, of which days, with which word. What is typed goes with Enter. */
export function AuditFilters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => typedOf(filter));
  const type = (part: Partial<Typed>): void => setTyped({ ...typed, ...part });
  const { from, to } = typed;
  const isBackwards = from !== '' && to !== '' && from > to;
  const send = (): void => {
    if (isBackwards || !isDay(from) || !isDay(to)) return;
    if (TYPED.some((field) => typed[field].trim() !== (filter[field] ?? '')))
      onChange({ ...filter, ...typed, word: typed.word.trim() });
  };
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => type({ [name]: event.currentTarget.value }),
    onBlur: send,
  });
  return (
    <form
      className={classes['filters']}
      aria-label={t('audit.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <PersonPicker filter={filter} onChange={onChange} />
      <KindPicker filter={filter} onChange={onChange} />
      <TextInput type="date" label={t('audit.since')} {...field('from')} />
      <TextInput
        type="date"
        label={t('audit.until')}
        error={isBackwards ? t('audit.backwards') : undefined}
        {...field('to')}
      />
      <TextInput
        className={classes['word']}
        label={t('audit.word')}
        placeholder={t('audit.wordHint')}
        maxLength={100}
        {...field('word')}
      />
      <Button type="submit" variant="default" leftSection={<IconSearch size={16} aria-hidden />}>
        {t('audit.search')}
      </Button>
    </form>
  );
}

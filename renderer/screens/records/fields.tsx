import { ActionIcon, Button, Group, MultiSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '#shared/domain/activity.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { NETWORKS } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';

interface Field<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

const SEPARATOR = ' · ';

/** Groups as a whole and topics within them. */
export function TopicsField({ label, value, onChange }: Field<Campaign['topics']>) {
  const { t } = useTranslation();
  const { topics } = useReference();
  const keyOf = ({ group, topic }: Campaign['topics'][number]): string => JSON.stringify([group, topic]);
  const groups = [...new Set(topics.map(({ group }) => group))];
  const known = new Map<string, string>([
    ...groups.map((group) => [keyOf({ group, topic: '' }), group] as const),
    ...topics.map(
      ({ group, name }) =>
        [keyOf({ group, topic: name }), [group, topicLabel(name)].join(SEPARATOR)] as const,
    ),
    ...value.map(
      (entry) =>
        [keyOf(entry), [entry.group, topicLabel(entry.topic)].filter(Boolean).join(SEPARATOR)] as const,
    ),
  ]);
  return (
    <MultiSelect
      label={label}
      placeholder={value.length === 0 ? t('records.topicsHint') : ''}
      data={[...known].map(([key, shown]) => ({ value: key, label: shown }))}
      value={value.map(keyOf)}
      onChange={(keys) =>
        onChange(
          keys.map((key) => {
            const [group, topic] = JSON.parse(key) as [string, string];
            return { group, topic };
          }),
        )
      }
      searchable
      limit={60}
      maxValues={50}
    />
  );
}

interface Lines<T> extends Field<readonly T[]> {
  readonly blank: T;
  readonly draw: (line: T, change: (part: Partial<T>) => void) => ReactNode;
}

/** Any number of lines of one form, each with a way to take it out. */
function LinesField<T extends object>({ label, value, onChange, blank, draw }: Lines<T>) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <b>{label}</b>
      {value.map((line, index) => (
        <Group key={index} gap={6} wrap="nowrap" align="flex-end">
          {draw(line, (part) =>
            onChange(value.map((other, at) => (at === index ? { ...other, ...part } : other))),
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('records.takeOut')}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...value, blank])}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('records.addLine')}
      </Button>
    </Stack>
  );
}

/** Materials: a name and an address each. */
export function LinksField({ label, value, onChange }: Field<Campaign['materials']>) {
  const { t } = useTranslation();
  return (
    <LinesField
      label={label}
      value={value}
      onChange={(next) => onChange([...next])}
      blank={{ title: '', url: '' }}
      draw={({ title, url }, change) => (
        <>
          <TextInput
            aria-label={t('records.linkTitle')}
            placeholder={t('records.linkTitle')}
            value={title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            style={{ flex: 1 }}
          />
          <TextInput
            aria-label={t('field.url')}
            placeholder={t('records.linkHint')}
            value={url}
            onChange={(event) => change({ url: event.currentTarget.value })}
            style={{ flex: 1 }}
          />
        </>
      )}
    />
  );
}

/** Posts of a campaign: where and when. */
export function PostsField({ label, value, onChange }: Field<Campaign['posts']>) {
  const { t } = useTranslation();
  return (
    <LinesField
      label={label}
      value={value}
      onChange={(next) => onChange([...next])}
      blank={{ network: 'vk', url: '', date: '' }}
      draw={({ network, url, date }, change) => (
        <>
          <Select
            aria-label={t('field.network')}
            data={NETWORKS.map((choice) => ({ value: choice, label: t(`network.${choice}`) }))}
            value={network}
            onChange={(next) => next !== null && change({ network: next })}
            allowDeselect={false}
            w={140}
          />
          <TextInput
            type="date"
            aria-label={t('records.date')}
            value={date}
            onChange={(event) => change({ date: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t('field.url')}
            placeholder={t('records.linkHint')}
            value={url}
            onChange={(event) => change({ url: event.currentTarget.value })}
            style={{ flex: 1 }}
          />
        </>
      )}
    />
  );
}

const numberOf = (value: number | string): number => (typeof value === 'number' ? value : 0);

/** Attendance by agency: how many were invited and how many came. */
export function AttendanceField({ label, value, onChange }: Field<Activity['agencies']>) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  return (
    <LinesField
      label={label}
      value={value}
      onChange={(next) => onChange([...next])}
      blank={{ agency: '', invited: 0, attended: 0 }}
      draw={({ agency, invited, attended }, change) => (
        <>
          <Select
            aria-label={t('records.agency')}
            placeholder={t('records.agency')}
            data={agencies.map(({ id, shortName }) => ({ value: id, label: shortName }))}
            value={agency === '' ? null : agency}
            onChange={(id) => change({ agency: id ?? '' })}
            searchable
            style={{ flex: 1 }}
          />
          <NumberInput
            label={t('records.invited')}
            min={0}
            max={100_000}
            value={invited}
            onChange={(next) => change({ invited: numberOf(next) })}
            w={104}
          />
          <NumberInput
            label={t('records.attended')}
            min={0}
            max={100_000}
            value={attended}
            onChange={(next) => change({ attended: numberOf(next) })}
            w={104}
          />
        </>
      )}
    />
  );
}

import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Activity } from '#shared/domain/activity.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { NETWORKS } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import { LinesField, type InputField } from './lines-field.tsx';

const SEPARATOR = ' · ';

/** Groups as a whole and topics within them. */
export function TopicsField({ label, value, onChange }: InputField<Campaign['topics']>) {
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

/** The address of a publication. */
function AddressInput({ value, onChange }: Omit<InputField<string>, 'label'>) {
  const { t } = useTranslation();
  return (
    <TextInput
      aria-label={t('field.url')}
      placeholder={t('records.linkHint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      style={{ flex: 1 }}
    />
  );
}

/** Materials: a name and an address each. */
export function LinksField(props: InputField<Campaign['materials']>) {
  const { t } = useTranslation();
  return (
    <LinesField
      {...props}
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
          <AddressInput value={url} onChange={(next) => change({ url: next })} />
        </>
      )}
    />
  );
}

/** Posts of a campaign: network, date and address. */
export function PostsField(props: InputField<Campaign['posts']>) {
  const { t } = useTranslation();
  return (
    <LinesField
      {...props}
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
          <AddressInput value={url} onChange={(next) => change({ url: next })} />
        </>
      )}
    />
  );
}

/** A number of people; 0 while none is typed. */
const PeopleInput = ({ label, value, onChange }: InputField<number>) => (
  <NumberInput
    label={label}
    min={0}
    max={100_000}
    value={value}
    onChange={(next) => onChange(typeof next === 'number' ? next : 0)}
    w={104}
  />
);

/** Attendance by agency: how many were invited and how many came. */
export function AttendanceField(props: InputField<Activity['agencies']>) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  return (
    <LinesField
      {...props}
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
          <PeopleInput
            label={t('records.invited')}
            value={invited}
            onChange={(next) => change({ invited: next })}
          />
          <PeopleInput
            label={t('records.attended')}
            value={attended}
            onChange={(next) => change({ attended: next })}
          />
        </>
      )}
    />
  );
}

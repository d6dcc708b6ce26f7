import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ACTIVITY_KINDS, type Activity } from '#shared/domain/activity.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { AttendanceField, LinksField, PostsField, TopicsField } from './fields.tsx';
import { RecordForm } from './record-form.tsx';

interface FormOf<T> {
  readonly row: T;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

const countOf = (value: number | string): number | null => (typeof value === 'number' ? value : null);

/** An information campaign: what it answered, when, with what. */
export function CampaignForm(props: FormOf<Campaign>) {
  const { t } = useTranslation();
  return (
    <RecordForm kind="campaign" {...props}>
      {(row, change) => (
        <>
          <TextInput
            data-autofocus
            label={t('records.field.title')}
            value={row.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            required
          />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={t('records.field.from')}
              value={row.from}
              onChange={({ currentTarget: { value } }) =>
                change({ from: value, to: row.to < value ? value : row.to })
              }
            />
            <TextInput
              type="date"
              label={t('records.field.to')}
              min={row.from}
              value={row.to}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
            <NumberInput
              label={t('records.field.reach')}
              min={0}
              value={row.reach ?? ''}
              onChange={(value) => change({ reach: countOf(value) })}
            />
          </Group>
          <TopicsField
            label={t('records.field.topics')}
            value={row.topics}
            onChange={(topics) => change({ topics })}
          />
          <Textarea
            label={t('records.field.reason')}
            autosize
            minRows={2}
            value={row.reason}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          <PostsField
            label={t('records.field.posts')}
            value={row.posts}
            onChange={(posts) => change({ posts })}
          />
          <LinksField
            label={t('records.field.materials')}
            value={row.materials}
            onChange={(materials) => change({ materials })}
          />
          <Textarea
            label={t('records.field.note')}
            autosize
            minRows={2}
            value={row.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </RecordForm>
  );
}

/** Something held with people: who was there and what came of it. */
export function ActivityForm(props: FormOf<Activity>) {
  const { t } = useTranslation();
  return (
    <RecordForm kind="activity" {...props}>
      {(row, change) => (
        <>
          <TextInput
            data-autofocus
            label={t('records.field.title')}
            value={row.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            required
          />
          <Group grow align="flex-start">
            <Select
              label={t('records.field.kind')}
              data={ACTIVITY_KINDS.map((activityKind) => ({
                value: activityKind,
                label: t(`records.activityKind.${activityKind}`),
              }))}
              value={row.kind}
              onChange={(kind) => kind !== null && change({ kind })}
              allowDeselect={false}
            />
            <TextInput
              type="date"
              label={t('records.field.date')}
              value={row.date}
              onChange={(event) => change({ date: event.currentTarget.value })}
            />
            <NumberInput
              label={t('records.field.audience')}
              min={0}
              value={row.audience ?? ''}
              onChange={(value) => change({ audience: countOf(value) })}
            />
          </Group>
          <TextInput
            label={t('records.field.place')}
            value={row.place}
            onChange={(event) => change({ place: event.currentTarget.value })}
          />
          <AttendanceField
            label={t('records.field.agencies')}
            value={row.agencies}
            onChange={(agencies) => change({ agencies })}
          />
          <TopicsField
            label={t('records.field.topics')}
            value={row.topics}
            onChange={(topics) => change({ topics })}
          />
          <Textarea
            label={t('records.field.summary')}
            autosize
            minRows={3}
            value={row.summary}
            onChange={(event) => change({ summary: event.currentTarget.value })}
          />
          <LinksField
            label={t('records.field.materials')}
            value={row.materials}
            onChange={(materials) => change({ materials })}
          />
        </>
      )}
    </RecordForm>
  );
}

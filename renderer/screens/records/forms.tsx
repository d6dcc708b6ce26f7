import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ACTIVITY_KINDS, type Activity } from '#shared/domain/activity.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { AttendanceField, LinksField, PostsField, TopicsField } from './fields.tsx';
import { RecordForm } from './record-form.tsx';
import { recordInputs } from './record-inputs.ts';

interface FormOf<T> {
  readonly row: T;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

/** An information campaign: the reason for it, its days, its posts and materials. */
export function CampaignForm(props: FormOf<Campaign>) {
  const { t } = useTranslation();
  return (
    <RecordForm kind="campaign" {...props}>
      {(row, change) => {
        const { text, count, value } = recordInputs(row, change, t);
        return (
          <>
            <TextInput {...text('title')} data-autofocus required />
            <Group grow align="flex-start">
              <TextInput
                {...text('from')}
                type="date"
                onChange={({ currentTarget: { value: from } }) =>
                  change({ from, to: row.to < from ? from : row.to })
                }
              />
              <TextInput {...text('to')} type="date" min={row.from} />
              <NumberInput {...count('reach')} />
            </Group>
            <TopicsField {...value('topics')} />
            <Textarea {...text('reason')} autosize minRows={2} />
            <PostsField {...value('posts')} />
            <LinksField {...value('materials')} />
            <Textarea {...text('note')} autosize minRows={2} />
          </>
        );
      }}
    </RecordForm>
  );
}

/** A meeting with people: its kind, day and place, who attended, and the result. */
export function ActivityForm(props: FormOf<Activity>) {
  const { t } = useTranslation();
  return (
    <RecordForm kind="activity" {...props}>
      {(row, change) => {
        const { text, count, value } = recordInputs(row, change, t);
        return (
          <>
            <TextInput {...text('title')} data-autofocus required />
            <Group grow align="flex-start">
              <Select
                {...value('kind')}
                data={ACTIVITY_KINDS.map((kind) => ({
                  value: kind,
                  label: t(`records.activityKind.${kind}`),
                }))}
                onChange={(kind) => kind !== null && change({ kind })}
                allowDeselect={false}
              />
              <TextInput {...text('date')} type="date" />
              <NumberInput {...count('audience')} />
            </Group>
            <TextInput {...text('place')} />
            <AttendanceField {...value('agencies')} />
            <TopicsField {...value('topics')} />
            <Textarea {...text('summary')} autosize minRows={3} />
            <LinksField {...value('materials')} />
          </>
        );
      }}
    </RecordForm>
  );
}

import { Button, Group, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnsortedTopic, type Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { topicIdOf } from '#shared/domain/records/topic-id.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt } from '#shared/domain/time-zone.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import { FormModal } from '#renderer/kit/forms/form-modal.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import { successorsFor } from './topic-choices.ts';
import { useSaveTopics, type TopicChange } from './use-save-topics.ts';
import { useTopicUse } from './use-topic-use.ts';

interface Props {
  readonly topic: TopicRow;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** Values as they are typed in the dialog. */
interface Becoming {
  readonly day: string;
  readonly chosen: readonly string[];
  readonly newName: string;
}

/** Ends a topic and says what it becomes, others or one of a new name, and what that does. */
export function BecomeDialog({ topic, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  useHoldOpen('dialog');
  const name = topicLabel(topic.name);
  return (
    <FormModal
      title={t(isUnsortedTopic(topic) ? 'topics.joinTitle' : 'topics.becomeTitle', { name })}
      size="lg"
      onClose={onClose}
    >
      {(leave) => <BecomeForm topic={topic} onSaved={onSaved} onLeave={leave} />}
    </FormModal>
  );
}

interface FormProps extends Pick<Props, 'topic' | 'onSaved'> {
  readonly onLeave: () => void;
}

function BecomeForm({ topic, onSaved, onLeave }: FormProps) {
  const { t } = useTranslation();
  const { topics, zone } = useReference();
  const centreTime = useCentreTime();
  const save = useSaveTopics(onSaved);
  const isDouble = isUnsortedTopic(topic);
  const [now] = useState(centreTime);
  const use = useTopicUse(topic.name);
  const [opened] = useState<Becoming>(() => ({
    day: dateOfDay(localDayAt(zone, now)),
    chosen: isDouble ? likeliest(topic, topics, now) : [],
    newName: '',
  }));
  const [typed, setTyped] = useState(opened);
  useHoldOpen(sameJson(typed, opened) ? null : 'typed');
  const { day, chosen, newName } = typed;
  const taken = { has: (id: string) => topics.some((one) => one.id === id) };
  const at = isDouble ? now : momentOf(day, zone);
  const changes = at === null ? [] : changesOf(topic, typed, at, taken);
  const names = (changes[0]?.row.successors ?? []).map(topicLabel).join(', ');
  return (
    <>
      <Stack gap="sm">
        {!isDouble && (
          <TextInput
            type="date"
            label={t('topics.becomeDay')}
            value={day}
            onChange={(event) => setTyped({ ...typed, day: event.currentTarget.value })}
          />
        )}
        <MultiSelect
          data-autofocus
          label={t(isDouble ? 'topics.joinInto' : 'topics.becomeInto')}
          data={successorsFor(topics, topic.id, at ?? now)}
          value={[...chosen]}
          onChange={(value) => setTyped({ ...typed, chosen: value })}
          searchable
          limit={60}
          maxValues={isDouble ? 1 : 20}
          nothingFoundMessage={t('picker.nothing')}
        />
        {!isDouble && (
          <TextInput
            label={t('topics.becomeNew')}
            description={t('topics.becomeNewHint', { group: topic.group })}
            value={newName}
            onChange={(event) => setTyped({ ...typed, newName: event.currentTarget.value })}
          />
        )}
      </Stack>
      {names !== '' && use !== null && (
        <ul className={classes['effects']}>
          <li>{t('topics.effect.new', { names })}</li>
          <li>{t('topics.effect.past', { count: use.incidents, name: topicLabel(topic.name) })}</li>
          {use.rules > 0 && <li>{t('topics.effect.rules', { count: use.rules })}</li>}
        </ul>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onLeave}>
          {t('common.cancel')}
        </Button>
        <Button
          disabled={names === '' || use === null}
          onClick={() => void save(changes, t('topics.became', { names }))}
        >
          {t(isDouble ? 'topics.join' : 'topics.become')}
        </Button>
      </Group>
    </>
  );
}

function momentOf(date: string, zone: string): Instant | null {
  const day = dayOfDate(date);
  return day === null ? null : instantAtLocal(zone, day, 0);
}

/** The old topic, ended, and a new one where a name was typed: it weighs what the old one did. */
function changesOf(
  topic: TopicRow,
  { chosen, newName }: Becoming,
  at: Instant,
  taken: { has(id: string): boolean },
): readonly TopicChange[] {
  const name = newName.trim();
  const successors = [...new Set([...chosen, ...(name === '' ? [] : [name])])];
  if (successors.length === 0) return [];
  const ended = { row: { ...topic, validTo: at, successors }, before: topic };
  if (name === '') return [ended];
  const { group, fastTrack, severity } = topic;
  const fresh: Topic = {
    id: topicIdOf({ group, name }, taken),
    name,
    group,
    fastTrack,
    severity,
    validFrom: at,
    validTo: null,
  };
  return [ended, { row: fresh, before: null }];
}

/** The topic whose name looks most like it: one is the beginning of the other. */
function likeliest(topic: TopicRow, topics: readonly TopicRow[], at: Instant): readonly string[] {
  const looks = rememberedLooks(topic.name);
  const alike = topics.find(
    ({ id, name, validFrom, validTo }) =>
      id !== topic.id &&
      (validFrom ?? -Infinity) <= at &&
      at < (validTo ?? Infinity) &&
      (rememberedLooks(name).startsWith(looks) || looks.startsWith(rememberedLooks(name))),
  );
  return alike === undefined ? [] : [alike.name];
}

import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { existsAt } from '#shared/domain/directory.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { TopicSelect } from '#renderer/kit/deadlines/topic-select.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import classes from './agencies.module.css';
import type { TypedPart } from './split-draft.ts';

interface Props {
  /** The agency that is split. */
  readonly agency: string;
  readonly number: number;
  readonly part: TypedPart;
  readonly onChange: (part: TypedPart) => void;
  /** Null for the only one. */
  readonly onRemove: (() => void) | null;
}

/** One part of an agency's work: which topics, where, and who gets it. */
export function SplitPart({ agency, number, part, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const places = reference.municipalities
    .filter((municipality) => existsAt(municipality, now) || municipality.name === part.municipality)
    .map(({ name, shortName }) => ({ value: name, label: shortName }));
  const choice = {
    searchable: true,
    openOnFocus: false,
    nothingFoundMessage: t('picker.nothing'),
    clearButtonProps: { 'aria-label': t('common.clear') },
  };
  return (
    <div role="group" aria-label={t('agencies.split.part', { number })} className={classes['part']}>
      <TopicSelect
        label={t('agencies.split.topic')}
        none={t('agencies.split.anyTopic')}
        takesGroups
        value={part.topic}
        onChange={(topic) => onChange({ ...part, topic })}
      />
      <Select
        {...choice}
        clearable
        label={t('agencies.split.municipality')}
        placeholder={t('agencies.split.anywhere')}
        data={places}
        value={part.municipality}
        onChange={(municipality) => onChange({ ...part, municipality })}
      />
      <Select
        {...choice}
        label={t('agencies.split.heir')}
        data={entryChoices(reference.agencies, now, agency)}
        value={part.agency}
        onChange={(heir) => onChange({ ...part, agency: heir })}
      />
      {onRemove !== null && (
        <Button variant="default" onClick={onRemove} aria-label={t('agencies.split.removePart', { number })}>
          {t('agencies.split.remove')}
        </Button>
      )}
    </div>
  );
}

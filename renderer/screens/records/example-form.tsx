import { Checkbox, Group, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Example } from '#shared/domain/example.ts';
import { useIncident } from '#renderer/kit/context/console-context.tsx';
import { PhotoField } from '#renderer/kit/photos/photo-field.tsx';
import { RecordForm } from './record-form.tsx';
import classes from './records.module.css';

/** Longer texts are read by nobody on paper; more is possible, and said. */
const GOOD_LETTERS = 450;

interface Props {
  readonly row: Example;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

/**
 * A solved case: its text, whether the author is named, the photos before and after, the month that tells it.
 */
export function ExampleForm(props: Props) {
  const { t } = useTranslation();
  const { row: seen } = props;
  return (
    <RecordForm kind="example" draft={`example-${seen.incident}`} {...props}>
      {(row, change) => (
        <>
          <Source incident={row.incident} />
          <Textarea
            data-autofocus
            label={t('records.field.text')}
            description={t('records.textHint')}
            autosize
            minRows={5}
            maxRows={14}
            maxLength={2000}
            value={row.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
            required
          />
          <Text size="xs" c={row.text.length > GOOD_LETTERS ? 'orange' : 'dimmed'} mt={-6}>
            {t('records.letters', { count: row.text.length, good: GOOD_LETTERS })}
          </Text>
          <AuthorField
            incident={row.incident}
            author={row.author}
            onChange={(author) => change({ author })}
          />
          <Group grow align="flex-start" wrap="nowrap">
            <PhotoField
              label={t('records.field.before')}
              value={row.before}
              onChange={(before) => change({ before })}
            />
            <PhotoField
              label={t('records.field.after')}
              value={row.after}
              onChange={(after) => change({ after })}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              type="month"
              label={t('records.field.month')}
              value={row.month}
              onChange={(event) => change({ month: event.currentTarget.value })}
              required
            />
            <NumberInput
              label={t('records.field.order')}
              min={1}
              max={999}
              value={row.order}
              onChange={(order) => typeof order === 'number' && change({ order })}
            />
          </Group>
        </>
      )}
    </RecordForm>
  );
}

/** The message it is about, to read while writing. */
function Source({ incident: id }: { readonly incident: string }) {
  const { t } = useTranslation();
  const incident = useIncident(id);
  if (incident === undefined || incident === null) return null;
  const { number, text, replies } = incident;
  const answer = replies.findLast((reply) => reply.publishedAt !== null);
  return (
    <details className={classes['source']}>
      <summary>{t('records.source', { number: number ?? t('card.noNumber') })}</summary>
      <p>{text}</p>
      {answer !== undefined && <p>{answer.text}</p>}
      <Link href={`/incident/${id}`}>{t('records.openIncident')}</Link>
    </details>
  );
}

interface AuthorProps {
  readonly incident: string;
  readonly author: string;
  readonly onChange: (author: string) => void;
}

/** Nobody is named unless a person says so. */
function AuthorField({ incident: id, author, onChange }: AuthorProps) {
  const { t } = useTranslation();
  const incident = useIncident(id);
  const known = incident?.author.name ?? '';
  return (
    <Stack gap={6}>
      <Checkbox
        label={t('records.nameAuthor')}
        description={t('records.nameAuthorHint')}
        checked={author !== ''}
        onChange={(event) => onChange(event.currentTarget.checked ? known || t('records.unknownAuthor') : '')}
      />
      {author !== '' && (
        <TextInput
          aria-label={t('records.field.author')}
          maxLength={200}
          value={author}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}

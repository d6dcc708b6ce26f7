import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FoundPromise } from '#shared/domain/promise.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import styles from '#renderer/triage/messages/incident.module.css';

interface PromisesProps {
  readonly found: readonly FoundPromise[];
  readonly dropped: ReadonlySet<string>;
  readonly onToggle: (phrase: string) => void;
}

/** Dates promised in the text, each a control that brings the incident back on its day. */
export const Promises = ({ found, dropped, onToggle }: PromisesProps) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (found.length === 0) return null;
  return (
    <div className={styles['promises']}>
      <b>{t('reply.promises')}</b>
      <Stack gap={6}>
        {found.map(({ phrase, due }) => (
          <Checkbox
            key={phrase}
            size="xs"
            checked={!dropped.has(phrase)}
            onChange={() => onToggle(phrase)}
            label={t('reply.promise', { phrase, due: `${when.day(due)} ${when.time(due)}` })}
          />
        ))}
      </Stack>
    </div>
  );
};

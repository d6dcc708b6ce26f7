import { Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { entryChoices, likeliestTwin, type Entry } from './entry.ts';

interface Props<R extends Entry> {
  readonly entry: R;
  readonly rows: readonly R[];
  readonly title: string;
  /** Asks into which one. */
  readonly label: string;
  /** Sentences on what a merge does; null until it is known. */
  readonly effects: (into: R) => readonly string[] | null;
  /** Saves the row as merged; true when it is on disk. */
  readonly merge: (merged: R, into: R) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Puts another row in the place of one from now on, and says first what that does to open and past work. */
export function MergeDialog<R extends Entry>(props: Props<R>) {
  const { t } = useTranslation();
  const { entry, rows, title, label, effects, merge, onClose } = props;
  useHoldOpen('dialog');
  const now = useNow();
  const choices = entryChoices(rows, now, entry.id);
  const [into, setInto] = useState(() => likeliestTwin(entry, rows, choices));
  const target = rows.find(({ id }) => id === into);
  const sentences = target === undefined ? null : effects(target);
  const run = async (): Promise<void> => {
    if (target === undefined) return;
    const merged = { ...entry, validTo: now, successor: target.id };
    if (await merge(merged, target)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Select
        data-autofocus
        label={label}
        data={choices}
        value={into}
        onChange={setInto}
        searchable
        nothingFoundMessage={t('picker.nothing')}
      />
      {sentences !== null && (
        <ul className={classes['effects']}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={sentences === null} onClick={() => void run()}>
          {t('directory.merge')}
        </Button>
      </Group>
    </Modal>
  );
}

import { Button, Group } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnsorted } from '#shared/domain/directory.ts';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { Entry } from './entry.ts';

interface Props<F> {
  readonly form: UseFormReturnType<F>;
  readonly name: string;
  /** The row as the form was opened with; null: a new one. */
  readonly seen: Entry | null;
  /** Says of one that came with an import what is to be done. */
  readonly cameWithImport: { readonly title: string; readonly hint: string };
  readonly submit: (fields: F) => void;
  readonly onMerge: () => void;
  /** Left out where rows of the kind are not split. */
  readonly onSplit?: () => void;
  readonly children: ReactNode;
}

/** The frame of a directory's form: what came with an import is confirmed or merged. */
export function EntryForm<F extends Record<keyof F, unknown>>(props: Props<F>) {
  const { t } = useTranslation();
  const { form, name, seen, cameWithImport, submit, onMerge, onSplit, children } = props;
  const now = useNow();
  useHoldOpen(form.isDirty() ? 'typed' : null);
  const isOver = seen?.validTo !== undefined && seen.validTo <= now;
  const isToSort = seen !== null && isUnsorted(seen);
  return (
    <form
      className={classes['form']}
      aria-label={name}
      noValidate
      onSubmit={form.onSubmit(submit, (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus())}
    >
      {isToSort && <Warning title={cameWithImport.title}>{cameWithImport.hint}</Warning>}
      {children}
      <div className={classes['buttons']}>
        {seen === null || isOver ? (
          <span />
        ) : (
          <Group gap="xs">
            <Button variant="default" onClick={onMerge}>
              {t('directory.mergeWith')}
            </Button>
            {onSplit !== undefined && (
              <Button variant="default" onClick={onSplit}>
                {t('directory.split')}
              </Button>
            )}
          </Group>
        )}
        <Button type="submit">{t(isToSort ? 'directory.confirm' : 'directory.save')}</Button>
      </div>
    </form>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnsorted } from '#shared/domain/directory.ts';
import { SettingForm } from '#renderer/kit/forms/setting-form.tsx';
import type { JudgedForm } from '#renderer/kit/forms/use-judged-form.ts';
import { Warning } from '#renderer/kit/layout/warning.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { Entry } from './entry.ts';

interface Props<F, R> {
  readonly judged: JudgedForm<F, R>;
  readonly name: string;
  /** The row as the form was opened with; null: a new one. */
  readonly seen: Entry | null;
  /** Says of one that came with an import what is to be done. */
  readonly cameWithImport: { readonly title: string; readonly hint: string };
  readonly save: (row: R) => Promise<unknown>;
  readonly onMerge: () => void;
  /** Left out where rows of the kind are not split. */
  readonly onSplit?: () => void;
  readonly children: ReactNode;
}

/** The frame of a directory's form: what came with an import is confirmed or merged. */
export function EntryForm<F, R>(props: Props<F, R>) {
  const { t } = useTranslation();
  const { judged, name, seen, cameWithImport, save, onMerge, onSplit, children } = props;
  const now = useNow();
  const isOver = seen?.validTo !== undefined && seen.validTo <= now;
  const isToSort = seen !== null && isUnsorted(seen);
  const acts = (
    <>
      <Button variant="default" onClick={onMerge}>
        {t('directory.mergeWith')}
      </Button>
      {onSplit !== undefined && (
        <Button variant="default" onClick={onSplit}>
          {t('directory.split')}
        </Button>
      )}
    </>
  );
  return (
    <SettingForm
      judged={judged}
      name={name}
      save={save}
      saveLabel={t(isToSort ? 'directory.confirm' : 'directory.save')}
      acts={seen !== null && !isOver && acts}
    >
      {isToSort && <Warning title={cameWithImport.title}>{cameWithImport.hint}</Warning>}
      {children}
    </SettingForm>
  );
}

import { Button } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { rowErrorReason } from '#shared/exchange/refusal-text.ts';
import type { RowError } from '#shared/exchange/refusals.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import { tellDone } from '#renderer/app/toasts.tsx';
import { useLanguage } from '#renderer/app/use-words.ts';
import classes from './import.module.css';
import { problemCsv, problemText } from './problem-csv.ts';

/** Rows drawn at most; the saved file has all of them. */
const SHOWN = 200;

interface Props {
  readonly errors: readonly RowError[];
  /** How many rows each stands for, where an error is the first of its column. */
  readonly counts?: readonly number[];
  /** Name of the file they are in, for the name of the saved one; null offers neither copy nor file. */
  readonly file: string | null;
}

/** Rows that are not taken: where, why, what stood there. */
export function ProblemTable({ errors, counts, file }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const heads = [t('import.row'), t('import.column'), t('import.reason'), t('import.value')];
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(problemText(errors, language));
    tellDone(t('common.copied'));
  };
  return (
    <>
      {file !== null && (
        <div className={classes['tools']}>
          <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void copy()}>{t('import.copy')}</Button>
          <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => saveFile(t('import.problemFile', { file }), 'text/csv', problemCsv(errors, heads, language))}>
            {t('import.saveCsv')}
          </Button>
        </div>
      )}
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('import.problems')}>
        <table className={classes['problems']}>
          <thead>
            <tr>{counts !== undefined && <th scope="col">{t('import.times')}</th>}{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
          </thead>
          <tbody>
            {errors.slice(0, SHOWN).map(({ row, column, kind, value }, index) => (
              <tr key={`${row} ${column} ${kind}`}>
                {counts !== undefined && <td>{counts[index]}</td>}
                <td>{row}</td>
                <td>{column}</td>
                <td>{rowErrorReason(kind, language)}</td>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {errors.length > SHOWN && <p className={classes['hint']}>{t('import.more', { count: errors.length - SHOWN })}</p>}
    </>
  );
}

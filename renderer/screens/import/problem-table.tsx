import { Button } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '#renderer/host/save-file.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import classes from './import.module.css';
import { problemCsv, problemText, type Problem } from './problem.ts';

/** Rows drawn at most; the saved file has all of them. */
const SHOWN = 200;

interface Props {
  readonly problems: readonly Problem[];
  /** Name of the file they are in, for the name of the saved one; null offers neither copy nor file. */
  readonly file: string | null;
}

/** Rows that are not taken: where, why, what stood there. */
export function ProblemTable({ problems, file }: Props) {
  const { t } = useTranslation();
  const hasCounts = problems.some(({ count }) => count !== undefined);
  const heads = [
    hasCounts ? t('import.firstRow') : t('import.row'),
    t('import.column'),
    t('import.reason'),
    t('import.value'),
  ];
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(problemText(problems));
    tellDone(t('common.copied'));
  };
  return (
    <>
      {file !== null && (
        <div className={classes['tools']}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => void copy()}
          >
            {t('import.copy')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() =>
              saveFile(t('import.problemFile', { file }), 'text/csv', problemCsv(problems, heads))
            }
          >
            {t('import.saveCsv')}
          </Button>
        </div>
      )}
      <ScrollTable
        label={t('import.problems')}
        heads={hasCounts ? [t('import.times'), ...heads] : heads}
        className={classes['problems']}
      >
        {problems.slice(0, SHOWN).map(({ row, column, reason, value, count }) => (
          <tr key={`${row} ${column} ${reason}`}>
            {hasCounts && <td>{count}</td>}
            <td>{row}</td>
            <td>{column}</td>
            <td>{reason}</td>
            <td>{value}</td>
          </tr>
        ))}
      </ScrollTable>
      {problems.length > SHOWN && (
        <p className={classes['hint']}>{t('import.more', { count: problems.length - SHOWN })}</p>
      )}
    </>
  );
}

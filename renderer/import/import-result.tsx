import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '#shared/protocol/exchange.ts';
import { fileRefusalText } from '#shared/exchange/refusal-text.ts';
import { assertNever } from '#shared/domain/must.ts';
import { useLanguage } from '#renderer/app/use-words.ts';
import type { ImportEnd, ImportProgress } from './import-api.ts';
import classes from './import.module.css';
import { ProblemTable } from './problem-table.tsx';

const COUNTS = ['read', 'created', 'updated', 'unchanged', 'refused'] as const;

const Counts = ({ counts }: { readonly counts: Readonly<Record<(typeof COUNTS)[number], number>> }) => {
  const { t } = useTranslation();
  return (
    <dl className={classes['counts']} data-counts>
      {COUNTS.map((name) => (
        <div key={name} data-count-of={name} data-bad={name === 'refused' && counts.refused > 0 ? '' : undefined}>
          <dt>{t(`import.count.${name}`)}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
};

/** What has been done so far. */
export function Sending({ file, progress }: { readonly file: File; readonly progress: ImportProgress | null }) {
  const { t } = useTranslation();
  const none = { read: 0, created: 0, updated: 0, unchanged: 0, refused: 0 };
  return (
    <section className={classes['part']} aria-busy="true">
      <h2>{t('import.sending', { name: file.name })}</h2>
      <div role="progressbar" aria-label={t('import.sending', { name: file.name })} className={classes['progress']} />
      <Counts counts={progress ?? none} />
      <p className={classes['hint']}>{t('import.sendingHint')}</p>
    </section>
  );
}

interface Props {
  readonly file: File;
  readonly end: ImportEnd;
  readonly onAgain: () => void;
  readonly onOther: () => void;
}

/** How it ended: the counts and every refused row, or why nothing was taken. */
export function ImportResult({ file, end, onAgain, onOther }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = <Button variant="default" onClick={onOther}>{t('import.other')}</Button>;
  switch (end.kind) {
    case 'done':
      return <Done file={file} summary={end.summary} onOther={onOther} />;
    case 'refused':
      return <Alert color="red" title={file.name}><p>{fileRefusalText(end.refusal, language)}</p>{other}</Alert>;
    case 'error':
      return <Alert color="red" title={t('import.notTaken')}><p>{t(`error.${end.error}`)}</p>{other}</Alert>;
    case 'cut':
      return (
        <Alert color="orange" title={t('import.cut')}>
          <p>{t('import.cutHint')}</p>
          <Button onClick={onAgain}>{t('import.again')}</Button> {other}
        </Alert>
      );
    default:
      return assertNever(end);
  }
}

function Done({ file, summary, onOther }: { readonly file: File; readonly summary: ImportSummary; readonly onOther: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <section className={classes['part']} role="status">
        <div className={classes['send']}>
          <h2>{t('import.done', { name: file.name })}</h2>
          <Button variant="default" onClick={onOther}>{t('import.other')}</Button>
        </div>
        <Counts counts={{ ...summary, refused: summary.refused.length }} />
        <p className={classes['hint']}>{t('import.doneHint')}</p>
      </section>
      {summary.refused.length > 0 && (
        <section className={classes['part']}>
          <h2>{t('import.refused', { count: summary.refused.length })}</h2>
          <ProblemTable errors={summary.refused} file={file.name} />
        </section>
      )}
    </>
  );
}

import { Alert, Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/domain/must.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import type { ImportEnd, ImportProgress, ImportResult } from './import-api.ts';
import classes from './import.module.css';
import { problemOf, warningOf } from './problem.ts';
import { ProblemTable } from './problem-table.tsx';
import type { CheckedFile } from './use-import.ts';
import { Warning } from '#renderer/kit/layout/warning.tsx';

const COUNTS = ['read', 'created', 'updated', 'unchanged', 'refused', 'warnings'] as const;

type CountsOf = Omit<ImportProgress, 't'>;

const Counts = ({ counts: { refusedTotal, warningsTotal, ...rest } }: { readonly counts: CountsOf }) => {
  const { t } = useTranslation();
  const counts = { ...rest, refused: refusedTotal, warnings: warningsTotal };
  return (
    <dl className={classes['counts']} data-counts>
      {COUNTS.map((name) => (
        <div
          key={name}
          data-count-of={name}
          data-bad={name === 'refused' && counts.refused > 0 ? '' : undefined}
        >
          <dt>{t(`import.count.${name}`)}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Progress of an import: rows sent and counted so far. */
export function ImportSending({
  checked,
  progress,
}: {
  readonly checked: CheckedFile;
  readonly progress: ImportProgress | null;
}) {
  const { t } = useTranslation();
  const { file, rows } = checked;
  const none = { read: 0, created: 0, updated: 0, unchanged: 0, refusedTotal: 0, warningsTotal: 0 };
  const title = t('import.sending', { name: file.name });
  return (
    <section className={classes['part']} aria-busy="true">
      <h2>{title}</h2>
      <Progress
        mt={10}
        size="sm"
        value={Math.min(100, ((progress?.read ?? 0) / rows) * 100)}
        aria-label={title}
      />
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

/** Result of an import: the counts and every refused row, or why nothing was taken. */
export function ImportResultView({ file, end, onAgain, onOther }: Props) {
  const { t } = useTranslation();
  const other = (
    <Button variant="default" onClick={onOther}>
      {t('import.other')}
    </Button>
  );
  switch (end.kind) {
    case 'done':
      return <Done file={file} summary={end.summary} onOther={onOther} />;
    case 'error':
      return (
        <Alert color="red" title={t('import.notTaken')}>
          <p>{t(`error.${end.error}`)}</p>
          {other}
        </Alert>
      );
    case 'cut':
      return (
        <Warning title={t('import.cut')}>
          <p>{t('import.cutHint')}</p>
          <Button onClick={onAgain}>{t('import.again')}</Button> {other}
        </Warning>
      );
    default:
      return assertNever(end);
  }
}

function Done({
  file,
  summary,
  onOther,
}: {
  readonly file: File;
  readonly summary: ImportResult;
  readonly onOther: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { refused, refusedTotal, warnings, warningsTotal, isReadable } = summary;
  const other = (
    <Button variant="default" onClick={onOther}>
      {t('import.other')}
    </Button>
  );
  if (!isReadable)
    return (
      <Alert color="red" title={t('import.notTaken')}>
        <p>{refused[0]?.message}</p>
        {other}
      </Alert>
    );
  return (
    <>
      <section className={classes['part']} role="status">
        <div className={classes['send']}>
          <h2>{t('import.done', { name: file.name })}</h2>
          {other}
        </div>
        <Counts counts={summary} />
        {summary.isCut && (
          <p className={classes['bad']} role="alert">
            {t('import.fileCut')}
          </p>
        )}
        <p className={classes['hint']}>
          <Added added={summary.added} /> {t('import.doneHint')}
        </p>
      </section>
      {refused.length > 0 && (
        <section className={classes['part']}>
          <h2>{t('import.refused', { count: refusedTotal })}</h2>
          <ProblemTable problems={refused.map((row) => problemOf(row, language))} file={file.name} />
        </section>
      )}
      {warnings.length > 0 && (
        <section className={classes['part']}>
          <h2>{t('import.warned', { count: warningsTotal })}</h2>
          <ProblemTable
            problems={warnings.map((row) => warningOf(row, language))}
            file={t('import.warningsOf', { file: file.name })}
          />
        </section>
      )}
    </>
  );
}

/** Names the directories did not have before. */
function Added({ added }: { readonly added: ImportResult['added'] }) {
  const { t } = useTranslation();
  const { agencies, municipalities, topics } = added;
  return agencies + municipalities + topics === 0 ? null : (
    <>{t('import.added', { agencies, municipalities, topics })}</>
  );
}

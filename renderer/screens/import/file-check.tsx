import { Alert, Button, Loader, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { missingNames, type MappingChoice } from '#shared/exchange/header-map.ts';
import type { FilePreview } from '#shared/exchange/preview.ts';
import { fileRefusalText } from '#shared/exchange/refusal-text.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './import.module.css';
import { MappingTable } from './mapping-table.tsx';
import { problemOf } from './problem.ts';
import { ProblemTable } from './problem-table.tsx';
import { allReadings, readingsOf, withReading, type CellReading } from './readings.ts';
import { ReadingTable } from './reading-table.tsx';
import type { CheckedFile } from './use-import.ts';
import { usePreview } from './use-preview.ts';

interface Props {
  readonly file: File;
  readonly onSend: (checked: CheckedFile) => void;
  readonly onCancel: () => void;
}

const NO_CHOICE: MappingChoice = {};

/**
 * The file before it is sent: what its columns are taken for and what would not be taken of its first rows.
 */
export function FileCheck({ file, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zone } = useReference();
  const [choice, setChoice] = useState(NO_CHOICE);
  const [cellReadings, setCellReadings] = useState<readonly CellReading[]>([]);
  const readings = useMemo(() => readingsOf(cellReadings), [cellReadings]);
  const [sheet, setSheet] = useState<string>();
  const shown = usePreview(file, { choice, readings, sheet, zone });
  if (shown.state === 'reading')
    return (
      <p className={classes['wait']} role="status">
        <Loader size="sm" aria-hidden /> {t('import.reading', { name: file.name, rows: shown.rows })}
      </p>
    );
  if (shown.state === 'unreadable' || !shown.result.ok)
    return (
      <Alert color="red" title={file.name}>
        <p>
          {shown.state === 'unreadable' || shown.result.ok
            ? t('import.unreadable')
            : fileRefusalText(shown.result.refusal, language)}
        </p>
        <Button variant="default" onClick={onCancel}>
          {t('import.other')}
        </Button>
      </Alert>
    );
  const preview = shown.result.value;
  const odd = allReadings(preview.odd, cellReadings);
  return (
    <>
      <Send
        file={file}
        preview={preview}
        onSend={() =>
          onSend({ file, mapping: choice, readings, sheet: preview.sheets?.chosen, rows: preview.total })
        }
        onCancel={onCancel}
        onSheet={(name) => {
          // Another sheet has other columns.
          setChoice(NO_CHOICE);
          setSheet(name);
        }}
      />
      {preview.problems.length > 0 && (
        <section className={classes['part']}>
          <h2>{t('import.willNotBeTaken', { count: preview.total - preview.good })}</h2>
          <ProblemTable
            problems={preview.problems.map(({ first, count }) => ({ ...problemOf(first, language), count }))}
            file={null}
          />
        </section>
      )}
      {odd.length > 0 && (
        <section className={classes['part']}>
          <h2>{t('import.odd')}</h2>
          <p className={classes['hint']}>{t('import.oddHint')}</p>
          <ReadingTable
            readings={odd}
            onMeaning={(cell, meaning) => setCellReadings((before) => withReading(before, cell, meaning))}
          />
        </section>
      )}
      <section className={classes['part']}>
        <h2>{t('import.mapping')}</h2>
        <p className={classes['hint']}>{t('import.mappingHint')}</p>
        <MappingTable preview={preview} choice={choice} onChoice={setChoice} />
      </section>
    </>
  );
}

interface SendProps {
  readonly file: File;
  readonly preview: FilePreview;
  readonly onSend: () => void;
  readonly onCancel: () => void;
  readonly onSheet: (name: string) => void;
}

function Send({ file, preview, onSend, onCancel, onSheet }: SendProps) {
  const { t } = useTranslation();
  const isLive = useIsLive();
  const { header, sheets, total, good, isCut } = preview;
  const missing = missingNames(header);
  const isReadable = missing.length === 0;
  return (
    <section className={classes['part']}>
      <div className={classes['send']}>
        <div>
          <h2>{file.name}</h2>
          <p className={classes['hint']}>
            {isReadable ? t('import.rowsGood', { count: total, good }) : t('import.rows', { count: total })}
          </p>
        </div>
        {sheets !== null && sheets.names.length > 1 && (
          <Select
            label={t('import.sheet')}
            description={t('import.sheetHint', { count: sheets.names.length })}
            data={[...sheets.names]}
            value={sheets.chosen}
            allowDeselect={false}
            onChange={(name) => name !== null && onSheet(name)}
          />
        )}
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button disabled={!isReadable || good === 0 || !isLive} onClick={onSend}>
          {t('import.send')}
        </Button>
      </div>
      {!isReadable && (
        <p className={classes['bad']} role="alert">
          {t('import.missing', { columns: missing.join(', ') })}
        </p>
      )}
      {isCut && (
        <p className={classes['bad']} role="alert">
          {t('import.fileCut')}
        </p>
      )}
      {header.lacksId && isReadable && <p className={classes['hint']}>{t('import.lacksId')}</p>}
      {!isLive && (
        <p className={classes['bad']} role="status">
          {t('import.needsConnection')}
        </p>
      )}
    </section>
  );
}

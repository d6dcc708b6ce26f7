import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { COLUMN } from '#shared/exchange/columns.ts';
import type { OddCell } from '#shared/exchange/odd-cells.ts';
import { rowWarningReason } from '#shared/exchange/refusal-text.ts';
import { wordsOfColumn } from '#shared/exchange/words.ts';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './import.module.css';
import { isReadable, type CellReading } from './readings.ts';

interface Props {
  readonly readings: readonly CellReading[];
  readonly onMeaning: (cell: OddCell, meaning: string) => void;
}

/**
 * Cells that are taken but not understood: what stands there, how often, and how a person says it is to be
 * read.
 */
export function ReadingTable({ readings, onMeaning }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ScrollTable
      label={t('import.odd')}
      heads={['times', 'firstRow', 'column', 'value', 'reason', 'readAs'].map((head) => t(`import.${head}`))}
      className={classes['problems']}
    >
      {readings.map((reading) => {
        const { key, kind, value, count, row } = reading.cell;
        return (
          <tr key={`${key} ${kind} ${value}`}>
            <td>{count}</td>
            <td>{row}</td>
            <td>{key === null ? '' : COLUMN[key].header}</td>
            <td>{value}</td>
            <td>{rowWarningReason(kind, language)}</td>
            <td>
              <Meaning reading={reading} onMeaning={(meaning) => onMeaning(reading.cell, meaning)} />
            </td>
          </tr>
        );
      })}
    </ScrollTable>
  );
}

interface MeaningProps {
  readonly reading: CellReading;
  readonly onMeaning: (meaning: string) => void;
}

/** A choice among the registry's words, or a value typed in. */
function Meaning({ reading, onMeaning }: MeaningProps) {
  const { t } = useTranslation();
  const { cell, meaning, isUnread } = reading;
  if (cell.key === null || !isReadable(cell)) return null;
  const words = wordsOfColumn(cell.key);
  const label = t('import.readCellAs', { column: COLUMN[cell.key].header, value: cell.value });
  if (words.length > 0)
    return (
      <Select
        size="xs"
        aria-label={label}
        data={[...words]}
        value={meaning === '' ? null : meaning}
        placeholder={t('import.asItIs')}
        clearable
        searchable
        onChange={(word) => onMeaning(word ?? '')}
      />
    );
  return (
    <TextInput
      size="xs"
      aria-label={label}
      defaultValue={meaning}
      placeholder={t('import.asItIs')}
      error={isUnread ? t('import.meaningUnread') : undefined}
      // At the end of typing: every change reads the file again.
      onBlur={(event) => onMeaning(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onMeaning(event.currentTarget.value.trim());
      }}
    />
  );
}

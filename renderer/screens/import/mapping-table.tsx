import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnKey } from '#shared/exchange/columns.ts';
import type { MappingChoice } from '#shared/exchange/header-map.ts';
import type { FilePreview } from '#shared/exchange/preview.ts';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import classes from './import.module.css';
import { chosen, columnChoices, isMandatory, keyAt, unknownFirst } from './mapping.ts';

const KEPT = '';

/** Removes the apostrophe that guards texts in the file. */
const sampleText = (cell: string | number | null | undefined): string => String(cell ?? '').replace(/^'/, '');

interface Props {
  readonly preview: FilePreview;
  readonly choice: MappingChoice;
  readonly onChoice: (choice: MappingChoice) => void;
}

/** The file's columns: what each is taken for, and how it begins. */
export function MappingTable({ preview, choice, onChoice }: Props) {
  const { t } = useTranslation();
  const { header: map, rows } = preview;
  const choices = [{ value: KEPT, label: t('import.kept') }, ...columnChoices()];
  const samples = rows.slice(0, 3);
  const order = useMemo(() => unknownFirst(map.headers), [map.headers]);
  return (
    <ScrollTable
      label={t('import.mapping')}
      heads={[
        t('import.inFile'),
        t('import.takenFor'),
        ...samples.map(({ number }) => t('import.rowNumber', { number })),
      ]}
      className={classes['mapping']}
    >
      {order.map((index) => {
        const header = map.headers[index] ?? '';
        const key = keyAt(map, index);
        return (
          <tr key={`${header} ${String(index)}`} data-kept={key === null ? '' : undefined}>
            <th scope="row">{header === '' ? t('import.noHeader') : header}</th>
            <td>
              <Select
                size="xs"
                aria-label={t('import.takenForColumn', { header })}
                data={choices}
                value={key ?? KEPT}
                allowDeselect={false}
                searchable
                disabled={header === ''}
                classNames={{ input: key !== null && isMandatory(key) ? (classes['must'] ?? '') : '' }}
                onChange={(value) =>
                  onChoice(
                    chosen(
                      map,
                      choice,
                      index,
                      value === null || value === KEPT ? null : (value as ColumnKey),
                    ),
                  )
                }
              />
            </td>
            {samples.map(({ number, cells }) => (
              <td key={number} className={classes['sample']} title={sampleText(cells[index])}>
                {sampleText(cells[index])}
              </td>
            ))}
          </tr>
        );
      })}
    </ScrollTable>
  );
}

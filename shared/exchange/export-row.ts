import type { Incident } from '#shared/domain/incident.ts';
import { safeCell, unknownFormKey } from './cell-form.ts';
import { writeCell, writeUnknownCell, type RawCell } from './cells.ts';
import { COLUMNS, type ExchangeRow } from './columns.ts';
import { computedCells } from './computed-cells.ts';
import type { ExportContext } from './context.ts';
import { rowOf } from './kept-cells.ts';

/** An incident as a row of the export, in our own form. */
export const exportRow = (incident: Incident, context: ExportContext): ExchangeRow =>
  rowOf(incident, computedCells(incident, context));

/** The header row: the 47 columns, then the unknown ones. */
export const headerRow = (unknown: readonly string[]): string[] => [
  ...COLUMNS.map(({ header }) => header),
  ...unknown,
];

/** A row as cells of a file, in the order of {@link headerRow}; each in the form it came in. */
export const fileCells = (row: ExchangeRow, unknown: readonly string[]): RawCell[] => {
  const { known, unknown: cells, forms = {} } = row;
  const keptOr = (key: string, write: () => RawCell): RawCell => {
    const form = forms[key];
    return form === undefined ? write() : safeCell(form);
  };
  return [
    ...COLUMNS.map((column) => keptOr(column.letter, () => writeCell(column, known[column.key] ?? ''))),
    ...unknown.map((name) => keptOr(unknownFormKey(name), () => writeUnknownCell(cells[name] ?? ''))),
  ];
};

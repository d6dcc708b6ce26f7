import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { cellText } from './cell-text.ts';
import { head } from './full-printing.ts';
import { figure } from './sheet-text.ts';
import type { PaperTable, TableCell, TableColumn } from './table.ts';

interface Look {
  /** Many columns, in smaller letters. */
  readonly isDense?: boolean;
  /** The column whose values are drawn as bars before the rows. */
  readonly barOf?: string;
  /** A last row for what the others have together. */
  readonly rest?: readonly TableCell[] | null;
}

/** A filled table on a page; every count that is not nought opens its incidents. */
export function tableHtml(table: PaperTable, language: Language, { isDense, barOf, rest }: Look = {}): Html {
  const { columns, rows } = table;
  const barAt = columns.findIndex(({ key }) => key === barOf);
  const most = Math.max(1, ...rows.map((row) => Number(row[barAt]?.value ?? 0)));
  const bar = (value: TableCell['value'] | undefined): Html | null => {
    if (barAt < 0) return null;
    const width = Math.round((Number(value ?? 0) / most) * 100);
    return html`<td class="bar">${value === undefined ? null : html`<i style="width:${width}%"></i>`}</td>`;
  };
  return html`<table${isDense === true ? html` class="dense"` : null}>
    ${head([...(barAt < 0 ? [] : ['']), ...columns.map(({ header }) => header)])}
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${bar(row[barAt]?.value)}${cells(row, columns, language)}
          </tr>`,
      )}
      ${
        rest === null || rest === undefined
          ? null
          : html`<tr>
              ${bar(undefined)}${cells(rest, columns, language)}
            </tr>`
      }
    </tbody>
  </table>`;
}

const cells = (
  row: readonly TableCell[],
  columns: readonly TableColumn[],
  language: Language,
): readonly Html[] =>
  columns.map(({ format }, at) => {
    const cell = row[at] ?? { value: null };
    const text = cell.value === '' ? '' : cellText(cell, format, language);
    if (at === 0) return html`<th scope="row">${text}${cell.note ?? null}</th>`;
    const isOpened = cell.figure !== undefined && cell.value !== 0;
    return html`<td>${isOpened ? figure(cell.figure ?? '', text, language) : text}</td>`;
  });

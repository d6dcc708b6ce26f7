import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { cellText } from './cell-text.ts';
import { figure } from './sheet-text.ts';
import type { PaperTable, TableCell, TableColumn } from './table.ts';

interface Look {
  /** Many columns, in smaller letters. */
  readonly isDense?: boolean;
  /** Rows that say all by themselves. */
  readonly isHeadless?: boolean;
  /** The column whose values are drawn as bars before the rows. */
  readonly barOf?: string;
  /** A last row for what the others have together, by the keys of its columns. */
  readonly rest?: Readonly<Record<string, TableCell>> | null;
}

/** A filled table on a page; every count that is not nought opens its incidents. */
export function tableHtml(table: PaperTable, language: Language, look: Look = {}): Html {
  const { columns, rows } = table;
  const { isDense = false, isHeadless = false, barOf, rest = null } = look;
  const barAt = columns.findIndex(({ key }) => key === barOf);
  const most = mostOf(table, barOf);
  const restRow = rest === null ? [] : columns.map(({ key }) => rest[key] ?? { value: '' });
  const cellOf = (row: readonly TableCell[], column: TableColumn, at: number): Html =>
    cellHtml(row[at] ?? { value: null }, column, at === 0, most, language);
  const rowHtml = (row: readonly TableCell[], first: Html | null): Html =>
    html`<tr>
      ${first}${columns.map((column, at) => cellOf(row, column, at))}
    </tr>`;
  const before = (row: readonly TableCell[]): Html | null =>
    barAt < 0 ? null : html`<td class="bar">${bar(row[barAt], most)}</td>`;
  return html`<table${isDense ? html` class="dense"` : null}>
    ${isHeadless ? null : headHtml(columns, barAt >= 0)}
    <tbody>
      ${rows.map((row) => rowHtml(row, before(row)))}
      ${restRow.length === 0 ? null : rowHtml(restRow, barAt < 0 ? null : html`<td class="bar"></td>`)}
    </tbody>
  </table>`;
}

/** The value that a whole bar stands for. */
function mostOf({ columns, rows }: PaperTable, barOf: string | undefined): number {
  const drawn = columns.map(({ key, bar: kind }) => key === barOf || kind !== undefined);
  return Math.max(
    1,
    ...rows.flatMap((row) => row.map(({ value }, at) => (drawn[at] ? Number(value ?? 0) : 0))),
  );
}

function bar(cell: TableCell | undefined, most: number, kind = ''): Html {
  const width = Math.round((Number(cell?.value ?? 0) / most) * 100);
  return html`<i${kind === '' ? null : html` class="${kind}"`} style="width:${width}%"></i>`;
}

const NO_TITLE = html`<td></td>`;

const headHtml = (columns: readonly TableColumn[], hasBarBefore: boolean): Html =>
  html`<thead>
    <tr>
      ${hasBarBefore ? NO_TITLE : null}${columns.map(titleHtml)}
    </tr>
  </thead>`;

function titleHtml({ header, bar: kind, isProse }: TableColumn): Html {
  const title =
    isProse === true
      ? html`<th scope="col" class="text">${header}</th>`
      : html`<th scope="col">${header}</th>`;
  return html`${title}${kind === undefined ? null : NO_TITLE}`;
}

function cellHtml(
  cell: TableCell,
  { format, bar: kind, isProse, isStrong }: TableColumn,
  isFirst: boolean,
  most: number,
  language: Language,
): Html {
  const text = cell.value === '' ? '' : cellText(cell, format, language);
  const note = cell.note ?? null;
  if (isFirst) return html`<th scope="row">${text}${note}</th>`;
  const isOpened = cell.figure !== undefined && cell.value !== 0;
  const said = isOpened ? figure(cell.figure ?? '', text, language) : html`${text}`;
  const drawn = kind === undefined ? null : html`<td class="bar wide">${bar(cell, most, kind)}</td>`;
  return html`<td${isProse === true ? html` class="text"` : null}>
      ${isStrong === true ? html`<strong>${said}</strong>` : said}${note}
    </td>${drawn}`;
}

import type * as docx from 'docx';
import type { Language } from '#shared/text/duration.ts';
import { cellText } from './cell-text.ts';
import { unbroken, type PaperTable, type TableCell } from './table.ts';

type Docx = typeof docx;

/** Half points. A table of many columns is set smaller, or its words break in the middle. */
const TABLE_SIZE = { usual: 16, wide: 13, wideFrom: 8 } as const;
/** Between a cell's border and its words, in twentieths of a point. */
const CELL_MARGIN = 50;

/** A filled table in a Word document; its head is repeated on every page. */
export function docxTable(library: Docx, table: PaperTable, language: Language): docx.Table {
  const { columns, rows, totals } = table;
  const textsOf = (cells: readonly TableCell[], unknown: string): string[] =>
    columns.map(({ format }, at) => {
      const value = cells[at]?.value ?? null;
      return value === null ? unknown : cellText({ value }, format, language);
    });
  const rowOf = rowWriter(library, table);
  return new library.Table({
    width: { size: 100, type: library.WidthType.PERCENTAGE },
    margins: { left: CELL_MARGIN, right: CELL_MARGIN },
    rows: [
      rowOf(
        columns.map(({ header }) => unbroken(header)),
        true,
      ),
      ...rows.map((row) => rowOf(textsOf(row, '—'), false)),
      ...(totals === null ? [] : [rowOf(textsOf(totals, ''), false)]),
    ],
  });
}

function rowWriter(
  { Paragraph, TableCell, TableRow, TextRun, WidthType, AlignmentType }: Docx,
  { columns }: PaperTable,
): (texts: readonly string[], isHead: boolean) => docx.TableRow {
  const isWide = columns.length >= TABLE_SIZE.wideFrom;
  const size = isWide ? TABLE_SIZE.wide : TABLE_SIZE.usual;
  const shares = columns.map(({ width }) => (isWide ? Math.min(width, 24) : width));
  const total = shares.reduce((sum, width) => sum + width, 0);
  const cell = (text: string, column: number, isHead: boolean) =>
    new TableCell({
      width: { size: Math.round(((shares[column] ?? 10) / total) * 100), type: WidthType.PERCENTAGE },
      children: [
        new Paragraph({
          alignment: isHead || columns[column]?.format === 'text' ? AlignmentType.LEFT : AlignmentType.RIGHT,
          children: [new TextRun({ text, bold: isHead, size })],
        }),
      ],
    });
  return (texts, isHead) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: texts.map((text, column) => cell(text, column, isHead)),
    });
}

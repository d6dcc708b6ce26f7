import type { Language } from '#shared/text/duration.ts';
import type { Html } from '#shared/text/html.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { FULL_WORDS, type FullWords } from './full-words.ts';
import { SHEET_WORDS, type SheetWords } from './sheet-words.ts';

/**
 * How a column's values are written: `count` a whole number, `change` one with its sign, `span` minutes,
 * `share` 0..1 as per cents, `rate` one decimal, `day` a date.
 */
export type CellFormat = 'text' | 'count' | 'change' | 'span' | 'share' | 'rate' | 'day';

/** The words a table may be written with. */
export interface TableWords {
  readonly words: SheetWords;
  readonly full: FullWords;
  readonly language: Language;
}

/** One column of a table, for every paper that has it. */
export interface PaperColumn<Row> {
  readonly key: string;
  readonly header: (words: TableWords, report: PeriodReport) => string;
  readonly value: (row: Row, words: TableWords) => string | number | null;
  readonly format: CellFormat;
  /** In characters of a workbook. */
  readonly width: number;
  /** The figure that opens the incidents a value counts. */
  readonly figure?: (row: Row) => string;
  /** Said in small letters under a row's name, where a page has room for it. */
  readonly note?: (row: Row, words: TableWords) => Html;
  readonly isSummed?: boolean;
  /** Of a share: the column it is a share of, so that a workbook can count it again. */
  readonly shareOf?: string;
  /** Left out, it always is. */
  readonly isThere?: (report: PeriodReport) => boolean;
}

/** A table declared once; html, xlsx and docx are made from it. The first column names the row. */
export interface TableDeclaration<Row> {
  readonly name: (words: TableWords) => string;
  readonly columns: readonly PaperColumn<Row>[];
  readonly rows: (report: PeriodReport, words: TableWords) => readonly Row[];
  /** Sentences below it. */
  readonly notes?: (report: PeriodReport, language: Language) => readonly string[];
}

export interface TableCell {
  readonly value: string | number | null;
  readonly figure?: string | undefined;
  readonly note?: Html | undefined;
}

/** A column of a table that is filled in. */
export interface TableColumn extends Pick<PaperColumn<never>, 'key' | 'format' | 'width' | 'shareOf'> {
  readonly header: string;
  readonly isSummed: boolean;
}

/** A declared table with the values of one summary; `totals` is null where nothing is summed. */
export interface PaperTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly totals: readonly TableCell[] | null;
  readonly notes: readonly string[];
}

/**
 * Fills a declared table in. `keys` are the columns a paper has room for, in its order; left out, all of
 * them.
 */
export function tableOf<Row>(
  { name, columns: declared, rows, notes }: TableDeclaration<Row>,
  report: PeriodReport,
  language: Language,
  keys: readonly string[] = declared.map(({ key }) => key),
): PaperTable {
  const words: TableWords = { words: SHEET_WORDS[language], full: FULL_WORDS[language], language };
  const columns = keys
    .flatMap((key) => declared.filter((column) => column.key === key))
    .filter(({ isThere }) => isThere?.(report) ?? true);
  const lines = rows(report, words);
  return {
    name: name(words),
    columns: columns.map(({ key, header, format, width, shareOf, isSummed = false }) => ({
      key,
      header: header(words, report),
      format,
      width,
      isSummed,
      ...(shareOf === undefined ? {} : { shareOf }),
    })),
    rows: lines.map((line) =>
      columns.map(({ value, figure, note }) => ({
        value: value(line, words),
        figure: figure?.(line),
        note: note?.(line, words),
      })),
    ),
    totals: columns.some(({ isSummed }) => isSummed) ? totalsOf(columns, lines, words) : null,
    notes: notes?.(report, language) ?? [],
  };
}

const totalsOf = <Row>(
  columns: readonly PaperColumn<Row>[],
  lines: readonly Row[],
  words: TableWords,
): readonly TableCell[] =>
  columns.map(({ isSummed = false, value }, at) => {
    if (at === 0) return { value: words.words.total };
    return { value: isSummed ? lines.reduce((sum, line) => sum + Number(value(line, words) ?? 0), 0) : null };
  });

/** Soft hyphens tell a narrow page where to break a word; other papers must not show or search them. */
export const unbroken = (text: string): string => text.replaceAll('\u00AD', '');

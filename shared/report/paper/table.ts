import type { Language } from '#shared/text/duration.ts';
import type { Html } from '#shared/text/html.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { FULL_WORDS, type FullWords } from './full-words.ts';
import { NOTE_WORDS, type NoteWords } from './note-words.ts';
import { SHEET_WORDS, type SheetWords } from './sheet-words.ts';

/**
 * How a column's values are written: `count` a whole number, `change` one with its sign, `span` minutes,
 * `longSpan` minutes that are days, `share` 0..1 as per cents, `rate` one decimal, `points` one if any, `day`
 * a date.
 */
export type CellFormat =
  | 'text'
  | 'count'
  | 'change'
  | 'span'
  | 'longSpan'
  | 'share'
  | 'rate'
  | 'points'
  | 'day';

/** Where a table goes: on the page in short, in the full summary, into a workbook, into a document. */
export type Paper = 'short' | 'full' | 'book' | 'document';

/** Papers with room for more than a page in short has. */
export const FULLER: readonly Paper[] = ['full', 'book', 'document'];
export const FILES: readonly Paper[] = ['book', 'document'];

/** The words a table may be written with. */
export interface TableWords {
  readonly words: SheetWords;
  readonly full: FullWords;
  readonly note: NoteWords;
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
  /** Drawn after the value on a page; columns with bars share one scale. */
  readonly bar?: 'solid' | 'outline';
  /** Words, set from the left also where numbers stand at the right. */
  readonly isProse?: boolean;
  readonly isStrong?: boolean;
  readonly isSummed?: boolean;
  /** Of a share: the column it is a share of, so that a workbook can count it again. */
  readonly shareOf?: string;
  /** The papers that have room for it; left out, all of them. */
  readonly in?: readonly Paper[];
  /** Left out, it always is. */
  readonly isThere?: (report: PeriodReport) => boolean;
}

type ColumnsOf<Row> = (report: PeriodReport) => readonly PaperColumn<Row>[];

/** A table declared once; html, xlsx and docx are made from it. The first column names the row. */
export interface TableDeclaration<Row> {
  readonly name: (words: TableWords) => string;
  readonly columns: readonly PaperColumn<Row>[] | ColumnsOf<Row>;
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
export interface TableColumn extends Pick<
  PaperColumn<never>,
  'key' | 'format' | 'width' | 'shareOf' | 'bar' | 'isProse' | 'isStrong'
> {
  readonly header: string;
}

/** A declared table with the values of one summary; `totals` is null where nothing is summed. */
export interface PaperTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly totals: readonly TableCell[] | null;
  readonly notes: readonly string[];
}

/** Fills a declared table in, with the columns this paper has room for. */
export function tableOf<Row>(
  { name, columns: declared, rows, notes }: TableDeclaration<Row>,
  report: PeriodReport,
  language: Language,
  paper: Paper,
): PaperTable {
  const words: TableWords = {
    words: SHEET_WORDS[language],
    full: FULL_WORDS[language],
    note: NOTE_WORDS[language],
    language,
  };
  const columns = (typeof declared === 'function' ? declared(report) : declared).filter(
    ({ in: papers, isThere }) => (papers?.includes(paper) ?? true) && (isThere?.(report) ?? true),
  );
  const lines = rows(report, words);
  return {
    name: name(words),
    columns: columns.map((column) => ({ ...column, header: column.header(words, report) })),
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

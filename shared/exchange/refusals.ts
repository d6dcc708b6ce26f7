/** Reasons why one row is not taken. */
export const ROW_ERROR_KINDS = [
  'missing_value',
  'broken_date',
  'ambiguous_date',
  'bad_number',
  'too_long',
  'error_cell',
  'broken_quotes',
  'wrong_cell_count',
  'cut_row',
  'repeated_header',
  'duplicate_id',
  'duplicate_number',
  'changed_here',
  'incident_full',
] as const;
/** See {@link ROW_ERROR_KINDS}. */
export type RowErrorKind = (typeof ROW_ERROR_KINDS)[number];

/** One row that was not taken: where to look in the file, and why. */
export interface RowError {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number;
  /** The column's header, empty when the whole row is meant. */
  readonly column: string;
  readonly kind: RowErrorKind;
  /** The cell's text, cut to 80 characters. */
  readonly value: string;
}

/** Oddities of a row that is taken nevertheless; the cell stays as it came. */
export const ROW_WARNING_KINDS = [
  'no_value',
  'error_cell',
  'too_long',
  'unread_number',
  'rounded_number',
  'unread_span',
  'broken_date',
  'ambiguous_date',
  'closed_before_created',
  'unknown_step',
  'unknown_word',
  'long_text',
  'mended_quotes',
  'joined_lines',
  'joined_cells',
  'short_row',
  'no_final_break',
  'cut_cell',
] as const;
/** See {@link ROW_WARNING_KINDS}. */
export type RowWarningKind = (typeof ROW_WARNING_KINDS)[number];

/** One odd thing in a row that was taken. */
export interface RowWarning extends Omit<RowError, 'kind'> {
  readonly kind: RowWarningKind;
}

/** Kinds of files that hold tables but are not read: each is named, with how to save it as one that is. */
export const OTHER_FORMATS = [
  'html',
  'mhtml',
  'xml_2003',
  'xml',
  'json',
  'rtf',
  'sylk',
  'ods',
  'numbers',
  'xlsb',
  'word',
  'presentation',
  'archive',
] as const;
/** See {@link OTHER_FORMATS}. */
export type OtherFormat = (typeof OTHER_FORMATS)[number];

/** The reason why a file as a whole cannot be read. */
export type FileRefusal =
  | { readonly kind: 'empty_file' }
  | { readonly kind: 'not_a_table' }
  | { readonly kind: 'other_format'; readonly format: OtherFormat }
  | { readonly kind: 'old_excel' }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'damaged'; readonly part: string }
  | { readonly kind: 'too_large_unpacked'; readonly part: string }
  | { readonly kind: 'cell_too_long'; readonly row: number }
  | { readonly kind: 'too_many_columns'; readonly row: number }
  | { readonly kind: 'too_many_rows'; readonly row: number }
  | { readonly kind: 'file_too_large' }
  | { readonly kind: 'took_too_long'; readonly row: number }
  | { readonly kind: 'no_header_row' }
  | { readonly kind: 'several_sheets'; readonly sheets: readonly string[] }
  | { readonly kind: 'no_sheet'; readonly sheets: readonly string[] }
  | { readonly kind: 'missing_columns'; readonly columns: readonly string[] };

/**
 * Thrown by the readers of this folder; caught at its border (`readTable`, `preview`, the importer) and
 * turned into a value.
 */
export class FileRefused extends Error {
  readonly refusal: FileRefusal;

  constructor(refusal: FileRefusal) {
    super(refusal.kind);
    this.name = 'FileRefused';
    this.refusal = refusal;
  }
}

const SHOWN = 80;

/** A row's error or warning with its value cut to a length that can be shown. */
export const rowError = <Kind extends RowErrorKind | RowWarningKind>(
  row: number,
  column: string,
  kind: Kind,
  value: string | number,
): Omit<RowError, 'kind'> & { readonly kind: Kind } => {
  const text = String(value);
  return { row, column, kind, value: text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text };
};

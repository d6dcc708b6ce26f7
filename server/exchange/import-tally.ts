import { fileRefusalText, rowErrorText, rowWarningText } from '#shared/exchange/refusal-text.ts';
import type {
  FileRefusal,
  RowError,
  RowErrorKind,
  RowWarning,
  RowWarningKind,
} from '#shared/exchange/refusals.ts';
import type { Language } from '#shared/text/duration.ts';
import type { BatchResult } from './import-batch.ts';

/** One thing that was not taken. Row 0: the file as a whole. */
export interface ImportRefusal {
  readonly row: number;
  readonly column: string;
  readonly kind: RowErrorKind | FileRefusal['kind'];
  readonly value: string;
  /** One line for a person. */
  readonly message: string;
}

/** One odd thing in a row that was taken. */
export interface ImportWarning extends Omit<ImportRefusal, 'kind'> {
  readonly kind: RowWarningKind;
}

/** Counts of an import so far. The totals count all, the lists hold the first {@link MAX_LISTED}. */
export interface ImportCounts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refusedTotal: number;
  readonly warningsTotal: number;
}

/** A file of nothing but bad rows must not fill the memory with their list. */
export const MAX_LISTED = 10_000;

/** Counts what becomes of a file's rows, and keeps what is told of them. */
export class ImportTally {
  readonly refused: ImportRefusal[] = [];
  readonly warnings: ImportWarning[] = [];
  readonly #language: Language;
  #isCut = false;
  #refusedRows = 0;
  #counts = { read: 0, created: 0, updated: 0, unchanged: 0, refusedTotal: 0, warningsTotal: 0 };

  constructor(language: Language) {
    this.#language = language;
  }

  counts(): ImportCounts {
    return { ...this.#counts };
  }

  read(): void {
    this.#counts.read += 1;
  }

  /** The file ends in the middle of a row. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /**
   * Throws when a row of a file read to its end is neither taken nor refused: that would be a message lost
   * without a word.
   */
  checkSum(): void {
    const { read, created, updated, unchanged } = this.#counts;
    if (read !== created + updated + unchanged + this.#refusedRows)
      throw new Error(
        `of ${read} rows only ${created + updated + unchanged + this.#refusedRows} are accounted for`,
      );
  }

  refuse(error: RowError): void {
    this.#isCut ||= error.kind === 'cut_row';
    this.#refusedRows += 1;
    this.#list({ ...error, message: rowErrorText(error, this.#language) });
  }

  warn(warning: RowWarning): void {
    this.#counts.warningsTotal += 1;
    if (this.warnings.length < MAX_LISTED)
      this.warnings.push({ ...warning, message: rowWarningText(warning, this.#language) });
  }

  refuseFile(refusal: FileRefusal): void {
    const message = fileRefusalText(refusal, this.#language);
    const columns = refusal.kind === 'missing_columns' ? refusal.columns : [''];
    const row = 'row' in refusal ? refusal.row : 0;
    for (const column of columns) this.#list({ row, column, kind: refusal.kind, value: '', message });
  }

  add({ created, updated, unchanged, refused }: BatchResult): void {
    this.#counts.created += created;
    this.#counts.updated += updated;
    this.#counts.unchanged += unchanged;
    for (const error of refused) this.refuse(error);
  }

  #list(refusal: ImportRefusal): void {
    this.#counts.refusedTotal += 1;
    if (this.refused.length < MAX_LISTED) this.refused.push(refusal);
  }
}

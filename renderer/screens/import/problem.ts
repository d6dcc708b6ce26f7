import { rowErrorReason, rowWarningReason } from '#shared/exchange/refusal-text.ts';
import { ROW_ERROR_KINDS, ROW_WARNING_KINDS } from '#shared/exchange/refusals.ts';
import type { Language } from '#shared/text/duration.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** A row or cell of a file that is not taken, ready to be shown. */
export interface Problem {
  /** As a spreadsheet numbers it; 0 for the file as a whole. */
  readonly row: number;
  readonly column: string;
  readonly reason: string;
  readonly value: string;
  /** Number of rows it stands for, when it is the first of its kind. */
  readonly count?: number;
}

interface Refused {
  readonly row: number;
  readonly column: string;
  readonly kind: string;
  readonly value: string;
  /** The API's own line, for kinds this version does not know. */
  readonly message?: string;
}

/** The words for a refused row in the reader's language. */
export function problemOf({ row, column, kind, value, message = '' }: Refused, language: Language): Problem {
  const known = memberOf(ROW_ERROR_KINDS, kind);
  return { row, column, value, reason: known === undefined ? message : rowErrorReason(known, language) };
}

/** The words for an odd cell of a row that was taken. */
export function warningOf({ row, column, kind, value, message = '' }: Refused, language: Language): Problem {
  const known = memberOf(ROW_WARNING_KINDS, kind);
  return { row, column, value, reason: known === undefined ? message : rowWarningReason(known, language) };
}

/** Puts an apostrophe before text that a spreadsheet would take for a formula (OWASP, "CSV Injection"). */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const field = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`;

/** Problems as a file a Russian Excel opens by itself: semicolons, a byte order mark. */
export function problemCsv(problems: readonly Problem[], heads: readonly string[]): string {
  const lines = problems.map(({ row, column, reason, value }) => [String(row), column, reason, value]);
  return `\uFEFF${[heads, ...lines].map((cells) => cells.map(field).join(';')).join('\r\n')}\r\n`;
}

/** Problems as tabbed lines, which a table takes apart and a letter shows as they are. */
export const problemText = (problems: readonly Problem[]): string =>
  problems.map(({ row, column, reason, value }) => [row, column, reason, value].join('\t')).join('\n');

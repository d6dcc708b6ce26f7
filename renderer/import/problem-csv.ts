import { rowErrorReason, rowErrorText } from '#shared/exchange/refusal-text.ts';
import type { RowError } from '#shared/exchange/refusals.ts';
import type { Language } from '#shared/text/duration.ts';

/** What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"). */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const field = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`;

/** Refused rows as a file a Russian Excel opens by itself: semicolons, a byte order mark. */
export function problemCsv(errors: readonly RowError[], heads: readonly string[], language: Language): string {
  const lines = errors.map(({ row, column, kind, value }) => [String(row), column, rowErrorReason(kind, language), value]);
  return `\uFEFF${[heads, ...lines].map((cells) => cells.map(field).join(';')).join('\r\n')}\r\n`;
}

/** Refused rows as lines of text, for a letter. */
export const problemText = (errors: readonly RowError[], language: Language): string =>
  errors.map((error) => rowErrorText(error, language)).join('\n');

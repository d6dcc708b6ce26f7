import { safeCell } from '#shared/exchange/cell-form.ts';
import { CSV_START, csvLine } from '#shared/exchange/csv.ts';
import { TABLE_TYPES, type TableFormat } from '#shared/exchange/table-write.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import type { AuditLine } from '#shared/protocol/audit.ts';
import type { When } from '#renderer/kit/words/when.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import { auditWords, type AuditReaders } from './audit-words.ts';

const HEADS = ['when', 'who', 'what', 'changes', 'from'] as const;
const WIDTHS = [18, 26, 60, 60, 34];

/** The lines as rows of a table, its heading first. */
export function auditTable(
  lines: readonly AuditLine[],
  readers: AuditReaders,
  when: When,
): readonly string[][] {
  const rows = lines.map((line) => {
    const { who, what, from, changes } = auditWords(line, readers);
    const told = changes.map(({ field, was, is }) => `${field}: ${was === null ? is : `${was} → ${is}`}`);
    return [when.full(line.at), who, what, told.join('; '), from];
  });
  return [HEADS.map((head) => readers.t(`audit.head.${head}`)), ...rows];
}

/** Gives the person the lines as a file. Nothing in it is a formula. */
export function saveAudit(format: TableFormat, name: string, rows: readonly string[][], title: string): void {
  const safe = rows.map((row) => row.map(safeCell));
  const content =
    format === 'csv'
      ? CSV_START + safe.map(csvLine).join('')
      : writeWorkbook([{ name: title, rows, widths: WIDTHS }]);
  saveFile(`${name}.${format}`, TABLE_TYPES[format], content);
}

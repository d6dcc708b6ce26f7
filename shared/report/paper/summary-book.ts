import type { BookSheet } from '#shared/exchange/workbook-write.ts';
import type { Language } from '#shared/text/duration.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { agencyTable } from './agency-table.ts';
import { tableOf, type Paper, type PaperTable } from './table.ts';
import { tableSheet } from './table-sheet.ts';
import { comparisonTable } from './comparison-table.ts';
import { dayTable } from './day-table.ts';
import { municipalityTable } from './municipality-table.ts';
import { groupTable, topicTable } from './topic-tables.ts';

/** The tables of a summary's files, in their order. */
export const summaryTables = (
  report: PeriodReport,
  language: Language,
  paper: Paper,
): readonly PaperTable[] => [
  tableOf(comparisonTable, report, language, paper),
  tableOf(groupTable, report, language, paper),
  tableOf(topicTable, report, language, paper),
  tableOf(municipalityTable, report, language, paper),
  tableOf(agencyTable, report, language, paper),
  tableOf(dayTable, report, language, paper),
];

/** The summary as sheets a person may go on counting in. */
export const summaryBook = (report: PeriodReport, language: Language): readonly BookSheet[] =>
  summaryTables(report, language, 'book').map(tableSheet);

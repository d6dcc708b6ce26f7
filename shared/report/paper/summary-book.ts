import type { BookSheet } from '#shared/exchange/workbook-write.ts';
import type { Language } from '#shared/text/duration.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { AGENCY_WORKBOOK, agencyTable } from './agency-table.ts';
import { tableOf, type PaperTable } from './table.ts';
import { tableSheet } from './table-sheet.ts';
import { comparisonTable, dayTable, groupTable, municipalityTable, topicTable } from './tables.ts';

/** The tables of a summary, in their order. `agencyKeys`: the agencies' columns there is room for. */
export const summaryTables = (
  report: PeriodReport,
  language: Language,
  agencyKeys: readonly string[],
): readonly PaperTable[] => [
  tableOf(comparisonTable, report, language),
  tableOf(groupTable, report, language),
  tableOf(topicTable, report, language),
  tableOf(municipalityTable, report, language),
  tableOf(agencyTable, report, language, agencyKeys),
  tableOf(dayTable, report, language),
];

/** The summary as sheets a person may go on counting in. */
export const summaryBook = (report: PeriodReport, language: Language): readonly BookSheet[] =>
  summaryTables(report, language, AGENCY_WORKBOOK).map(tableSheet);

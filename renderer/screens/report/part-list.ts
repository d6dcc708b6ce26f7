import type { TFunction } from 'i18next';
import type { ReportPart } from '#shared/report/summary/report-diff.ts';

/** Parts of a summary within a sentence: «ведомства, самые долгие ожидания». */
export const partList = (parts: readonly ReportPart[], t: TFunction): string =>
  parts
    .map((part) => t(`report.part.${part}`))
    .map((name) => name.charAt(0).toLocaleLowerCase() + name.slice(1))
    .join(', ');

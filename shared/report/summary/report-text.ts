import { z } from 'zod';
import { PERIOD_FORMS } from '#shared/report/facts/period.ts';
import type { IssueMark, PeriodReport } from './period-report.ts';

/**
 * The text of a summary's JSON: what `npm run report` writes, the console saves, and a checksum is made of.
 */
export const reportText = (report: PeriodReport): string => `${JSON.stringify(report, null, 2)}\n`;

/** As much as makes a JSON a summary; keys are added and never renamed, so the rest follows. */
const summarySchema = z.looseObject({
  region: z.string(),
  regionName: z.string(),
  form: z.enum(PERIOD_FORMS),
  period: z.object({ from: z.iso.date(), to: z.iso.date() }),
  timeZone: z.string(),
  asOf: z.int(),
  received: z.int(),
  groups: z.array(z.looseObject({ group: z.string(), count: z.int() })),
});

/** Reads such a text back, of an issue with its mark. Throws when it is no summary. */
export function readReportText(text: string, issued?: IssueMark): PeriodReport {
  // An older program's summary lacks what was added since; such keys read as a summary that has nothing of
  // them.
  const newer = { compared: null } satisfies Partial<PeriodReport>;
  const report = { ...newer, ...(summarySchema.parse(JSON.parse(text)) as unknown as PeriodReport) };
  return issued === undefined ? report : { ...report, issued };
}

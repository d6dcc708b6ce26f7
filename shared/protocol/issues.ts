import { z } from 'zod';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { isReportable, PERIOD_FORMS, periodAround } from '#shared/report/facts/period.ts';

const date = z.iso.date();
/** Three years and a little: no summary speaks of more. */
const LONGEST_DAYS = 1100;

interface Stretch {
  readonly from: string;
  readonly to: string;
}

const isStretch = ({ from, to }: Stretch): boolean =>
  isReportable({ from, to }) && Date.parse(to) - Date.parse(from) < LONGEST_DAYS * MS_PER_DAY;

const stretch = z.object({ from: date, to: date }).refine(isStretch);

const periodShape = { form: z.enum(PERIOD_FORMS), from: date, to: date };

/** A period as its form has it: a month from its first day to its last. */
function isWhole({ form, from, to }: z.output<z.ZodObject<typeof periodShape>>): boolean {
  if (!isStretch({ from, to })) return false;
  if (form === 'custom') return true;
  const whole = periodAround(form, from, 'UTC');
  return whole.from === from && whole.to === to;
}

/** The period whose issues are asked for. */
export const issuedPeriodSchema = z.object(periodShape).refine(isWhole);
export type IssuedPeriod = z.output<typeof issuedPeriodSchema>;

/** A summary to be issued. `id` is the asker's: sent twice, it issues once. */
export const newIssueSchema = z
  .strictObject({
    ...periodShape,
    id: z.uuid(),
    compare: stretch.nullable().default(null),
    remark: z.string().trim().max(500).default(''),
  })
  .refine(isWhole);
export type NewIssue = z.output<typeof newIssueSchema>;

/** An issued summary without its body. `at` in epoch milliseconds; `sha256` of the body's UTF-8, in hex. */
export const issueSchema = z.object({
  ...periodShape,
  number: z.int().min(1),
  at: z.int(),
  by: z.string(),
  remark: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Issue = Readonly<z.output<typeof issueSchema>>;

/** With its body: JSON of the summary, character by character as it was issued. */
export const issuedSchema = z.object({ issue: issueSchema, body: z.string() });
export type Issued = Readonly<z.output<typeof issuedSchema>>;

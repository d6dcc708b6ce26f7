import { z } from 'zod';
import { COLUMNS, type ColumnKey } from '#shared/exchange/columns.ts';
import { MAX_COLUMNS } from '#shared/exchange/table-row.ts';
import { TABLE_FORMATS } from '#shared/exchange/table-write.ts';

const columnKey = z.enum(COLUMNS.map(({ key }) => key) as [ColumnKey, ...ColumnKey[]]);

/**
 * A person's corrections of the mapping: index of the file's column -> our column, null to keep it by name
 * only.
 */
export const mappingSchema = z
  .record(z.coerce.number().int().min(0).max(MAX_COLUMNS), columnKey.nullable())
  .refine((mapping) => Object.keys(mapping).length <= MAX_COLUMNS);

/** Odd words of one column that a person tells the meaning of. */
const MAX_READINGS = 1000;

/** A person's readings of odd cells: column -> the file's text -> what it means. */
export const readingsSchema = z.partialRecord(
  columnKey,
  z
    .record(z.string().max(500), z.string().max(500))
    .refine((readings) => Object.keys(readings).length <= MAX_READINGS),
);

/** JSON in a parameter of a query. */
const jsonOf = <T extends z.ZodType>(schema: T, label: string) =>
  z
    .string()
    .max(20_000)
    .transform((text, issue): z.output<T> => {
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        issue.addIssue({ code: 'custom', message: `not ${label}` });
        return z.NEVER;
      }
    });

/**
 * POST /api/v1/import?fileName=&language=&sheet=&mapping=&readings=: the body is the file; the answer NDJSON,
 * one `ImportLine` a line.
 */
export const importQuerySchema = z.object({
  fileName: z.string().max(500).default(''),
  language: z.enum(['ru', 'en']).default('ru'),
  /** Name of the sheet; with several that fit and none named the file is refused. */
  sheet: z.string().max(100).optional(),
  /** JSON of `mappingSchema`. */
  mapping: jsonOf(mappingSchema, 'a mapping').optional(),
  /** JSON of `readingsSchema`. */
  readings: jsonOf(readingsSchema, 'readings').optional(),
});

const counts = {
  read: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refusedTotal: z.number().int(),
  warningsTotal: z.number().int(),
};

/** One thing about a row; row 0 is the file as a whole. */
const rowNote = z.object({
  row: z.number().int(),
  column: z.string(),
  kind: z.string(),
  value: z.string(),
  message: z.string(),
});

/** One line of the answer: progress after every batch, then the result, or an error in its place. */
export const importLineSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('progress'), ...counts }),
  z.object({
    t: z.literal('result'),
    ...counts,
    refused: z.array(rowNote),
    /** Odd cells of rows that were taken. */
    warnings: z.array(rowNote),
    added: z.object({
      agencies: z.number().int(),
      municipalities: z.number().int(),
      topics: z.number().int(),
    }),
    isReadable: z.boolean(),
    isCut: z.boolean(),
  }),
  z.object({ t: z.literal('error'), kind: z.string(), message: z.string() }),
]);
/** See {@link importLineSchema}. */
export type ImportLine = z.infer<typeof importLineSchema>;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** GET /api/v1/export?format=&from=&to=: days of the region's calendar, both included. */
export const exportQuerySchema = z.object({
  format: z.enum(TABLE_FORMATS).default('xlsx'),
  from: day.optional(),
  to: day.optional(),
});

import { z } from 'zod';
import { COLUMNS, type ColumnKey } from '#shared/exchange/columns.ts';
import { TABLE_FORMATS } from '#shared/exchange/table-write.ts';

const columnKey = z.enum(COLUMNS.map(({ key }) => key) as [ColumnKey, ...ColumnKey[]]);

/** A person's corrections of the mapping: index of the file's column -> our column, null to keep it by name only. */
export const mappingSchema = z.record(z.coerce.number().int().min(0).max(16_384), columnKey.nullable());

const mappingText = z
  .string()
  .max(20_000)
  .transform((text, issue) => {
    try {
      return mappingSchema.parse(JSON.parse(text));
    } catch {
      issue.addIssue({ code: 'custom', message: 'not a mapping' });
      return z.NEVER;
    }
  });

/** POST /api/v1/import?fileName=&language=&mapping=: the body is the file; the answer NDJSON, one `ImportLine` a line. */
export const importQuerySchema = z.object({
  fileName: z.string().max(500).default(''),
  language: z.enum(['ru', 'en']).default('ru'),
  /** JSON of `mappingSchema`. */
  mapping: mappingText.optional(),
});

const counts = {
  read: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refusedTotal: z.number().int(),
};

/** One line of the answer: progress after every batch, then the result, or an error in its place. */
export const importLineSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('progress'), ...counts }),
  z.object({
    t: z.literal('result'),
    ...counts,
    refused: z.array(
      z.object({
        row: z.number().int(),
        column: z.string(),
        kind: z.string(),
        value: z.string(),
        message: z.string(),
      }),
    ),
    added: z.object({
      agencies: z.number().int(),
      municipalities: z.number().int(),
      topics: z.number().int(),
    }),
    isReadable: z.boolean(),
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

import { z } from 'zod';
import { ROW_ERROR_KINDS, type FileRefusal } from '#shared/exchange/refusals.ts';

/**
 * The registry's files over HTTP. In: `POST /api/v1/import?name=FILE&mapping=JSON`, the file itself as the body
 * (`application/octet-stream`), answered with lines of JSON (`application/x-ndjson`) as the work goes on. Out:
 * `GET /api/v1/export?format=xlsx|csv&from=YYYY-MM-DD&to=YYYY-MM-DD`, both days included, the file as the body.
 */
export const IMPORT_PATH = '/api/v1/import';
/** See {@link IMPORT_PATH}. */
export const EXPORT_PATH = '/api/v1/export';

/** One row that was not taken, on the wire. */
export const rowErrorSchema = z.object({
  row: z.number(),
  column: z.string(),
  kind: z.enum(ROW_ERROR_KINDS),
  value: z.string(),
});

const fileRefusalSchema: z.ZodType<FileRefusal> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty_file') }),
  z.object({ kind: z.literal('not_a_table') }),
  z.object({ kind: z.literal('old_excel') }),
  z.object({ kind: z.literal('encrypted') }),
  z.object({ kind: z.literal('damaged'), part: z.string() }),
  z.object({ kind: z.literal('too_large_unpacked'), part: z.string() }),
  z.object({ kind: z.literal('cell_too_long'), row: z.number() }),
  z.object({ kind: z.literal('too_many_columns'), row: z.number() }),
  z.object({ kind: z.literal('no_header_row') }),
  z.object({ kind: z.literal('missing_columns'), columns: z.array(z.string()) }),
]);

const counts = {
  read: z.int().min(0),
  created: z.int().min(0),
  updated: z.int().min(0),
  unchanged: z.int().min(0),
};

/** What an import came to; `npm run import` prints the same. read = created + updated + unchanged + refused. */
export const importSummarySchema = z.object({ ...counts, refused: z.array(rowErrorSchema) });
/** See {@link importSummarySchema}. */
export type ImportSummary = Readonly<z.infer<typeof importSummarySchema>>;

/** One line of the answer: how far it is, then how it ended. `failed` after progress means: what was counted stays imported. */
export const importLineSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('progress'), ...counts, refused: z.int().min(0) }),
  z.object({ state: z.literal('done'), summary: importSummarySchema }),
  z.object({ state: z.literal('refused'), refusal: fileRefusalSchema }),
  z.object({ state: z.literal('failed') }),
]);
/** See {@link importLineSchema}. */
export type ImportLine = Readonly<z.infer<typeof importLineSchema>>;

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { CENTRE_ROLES, type Role } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { TABLE_TYPES } from '#shared/exchange/table-write.ts';
import { exportQuerySchema, importQuerySchema, type ImportLine } from '#shared/protocol/exchange.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import type { UnreadIncident } from '#shared/exchange/export-row.ts';
import { exportRange } from '#server/exchange/export-range.ts';
import { countExported, exportTable } from '#server/exchange/export-table.ts';
import { importFile } from '#server/exchange/import-file.ts';
import { spool, UploadTooLarge, type Spooled } from '#server/exchange/spool.ts';
import type { ApiDeps, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure, toApiFailure } from './errors.ts';

/** A gigabyte: a large region's years. */
const MAX_UPLOAD = 1024 ** 3;

const IMPORTERS: readonly Role[] = ['operator', 'administrator'];

/** Content types under which browsers and scripts send such a file. */
const UPLOAD_TYPES = ['application/octet-stream', TABLE_TYPES.xlsx, 'text/csv', 'application/vnd.ms-excel'];

async function receive(upload: unknown): Promise<Spooled> {
  if (!(upload instanceof Readable)) throw new ApiFailure('bad_request', { reason: 'no file' });
  try {
    return await spool(upload, MAX_UPLOAD);
  } catch (error) {
    throw error instanceof UploadTooLarge ? new ApiFailure('too_large', { maxBytes: MAX_UPLOAD }) : error;
  }
}

type ImportQuery = z.output<typeof importQuerySchema>;

/**
 * Goes on to its end whoever listens: half an import helps nobody, though doing it again would complete it.
 */
async function runImport(
  deps: ApiDeps,
  request: FastifyRequest,
  file: Spooled,
  query: ImportQuery,
  tell: (line: ImportLine) => void,
): Promise<void> {
  const { account, region } = sessionOf(request);
  const { fileName, language, sheet, mapping, readings } = query;
  try {
    const job = {
      region: region.code,
      source: file.source,
      fileName,
      language,
      actor: account.id,
      origin: auditOriginOf(request),
    };
    const choice = {
      ...(mapping === undefined ? {} : { choice: mapping }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(readings === undefined ? {} : { readings }),
    };
    const onProgress = (counts: Omit<Extract<ImportLine, { t: 'progress' }>, 't'>): void =>
      tell({ t: 'progress', ...counts });
    const summary = must(
      await importFile(deps.db, { ...job, ...choice, onProgress }, deps.now()),
      'the region of a session',
    );
    tell({ t: 'result', ...summary, refused: [...summary.refused], warnings: [...summary.warnings] });
  } catch (error) {
    const failure = toApiFailure(error);
    request.log.error({ kind: failure.kind }, 'import failed');
    tell({ t: 'error', kind: failure.kind, message: failure.message });
  } finally {
    await file.remove();
  }
}

async function answerImport(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  query: ImportQuery,
): Promise<FastifyReply> {
  const file = await receive(request.body);
  const lines = new Readable({ read: () => undefined });
  const tell = (line: ImportLine): void => {
    if (!lines.destroyed) lines.push(`${JSON.stringify(line)}\n`);
  };
  void runImport(deps, request, file, query, tell).finally(() => lines.push(null));
  return reply.type('application/x-ndjson').header('cache-control', 'no-store').send(lines);
}

async function answerExport(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  query: z.output<typeof exportQuerySchema>,
): Promise<FastifyReply> {
  const { account, region } = sessionOf(request);
  const { format, from, to } = query;
  const range = exportRange(region.timeZone, from, to);
  if (range === null) throw new ApiFailure('bad_request', { reason: 'no such day' });
  const now = deps.now();
  const onUnread = ({ id }: UnreadIncident): void =>
    request.log.warn({ incident: id }, 'an incident cannot be exported');
  const bytes = must(
    await exportTable(deps.db, { region: region.code, format, ...range, onUnread }, now),
    'the region of a session',
  );
  const rows = await countExported(deps.db, { region: region.code, ...range });
  const detail = { format, from: from ?? null, to: to ?? null, rows };
  const line = { at: now, actor: account.id, action: 'export', detail } as const;
  await auditAlone(deps.db, region.code, { ...line, ...auditOriginOf(request) });
  return reply
    .type(TABLE_TYPES[format])
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="pult-${region.code}.${format}"`)
    .send(Readable.from(bytes, { objectMode: false }));
}

/** The registry's export in and out. */
export const exchangeRoutes: Routes = (api, deps) => {
  api.get(
    '/api/v1/export',
    { config: { access: CENTRE_ROLES }, compress: false, schema: { querystring: exportQuerySchema } },
    (request, reply) => answerExport(deps, request, reply, request.query),
  );
  // In a scope of its own: only here is a body a file and not JSON.
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(UPLOAD_TYPES, (_request, payload, done) => done(null, payload));
    scope
      .withTypeProvider<ZodTypeProvider>()
      .post(
        '/api/v1/import',
        { config: { access: IMPORTERS }, compress: false, schema: { querystring: importQuerySchema } },
        (request, reply) => answerImport(deps, request, reply, request.query),
      );
  });
};

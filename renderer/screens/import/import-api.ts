import { API_ERROR_KINDS, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { importLineSchema, type ImportLine } from '#shared/protocol/exchange.ts';
import type { MappingChoice } from '#shared/exchange/header-map.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import type { Language } from '#shared/text/duration.ts';
import { sessionHeaders } from '#renderer/data/session/session-here.ts';
import { errorOf, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import { linesOf } from './ndjson.ts';

export type ImportProgress = Extract<ImportLine, { readonly t: 'progress' }>;
export type ImportResult = Extract<ImportLine, { readonly t: 'result' }>;

/**
 * The end of an import. `cut`: the line broke while it ran; the centre goes on, and sending again adds
 * nothing twice.
 */
export type ImportEnd =
  | { readonly kind: 'done'; readonly summary: ImportResult }
  | { readonly kind: 'error'; readonly error: ApiErrorKind }
  | { readonly kind: 'cut' };

/** A file and the choices under which it is imported. */
export interface ImportRequest {
  readonly file: File;
  readonly mapping: MappingChoice;
  readonly readings: Readings;
  readonly sheet: string | undefined;
  readonly language: Language;
}

/**
 * Sends the file and tells of the progress until the API has finished. Never throws for what the network
 * does.
 */
export async function sendImportFile(
  { file, mapping, readings, sheet, language }: ImportRequest,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportEnd> {
  const query = new URLSearchParams({
    fileName: file.name,
    language,
    mapping: JSON.stringify(mapping),
    readings: JSON.stringify(readings),
    ...(sheet === undefined ? {} : { sheet }),
  });
  try {
    const response = await fetch(`/api/v1/import?${query}`, {
      method: 'POST',
      headers: { ...sessionHeaders(), 'content-type': 'application/octet-stream' },
      body: file,
    });
    if (!response.ok || response.body === null) return { kind: 'error', error: await errorOf(response) };
    for await (const text of linesOf(response.body)) {
      const line = importLineSchema.parse(JSON.parse(text));
      if (line.t === 'result') return { kind: 'done', summary: line };
      if (line.t === 'error') return { kind: 'error', error: kindOf(line.kind) };
      onProgress(line);
    }
  } catch {
    return { kind: 'cut' };
  }
  return { kind: 'cut' };
}

/** The region's incidents of these days as the registry's file, or why not. */
export async function exportFile(
  format: 'xlsx' | 'csv',
  from: string,
  to: string,
): Promise<CentreAnswer<Blob>> {
  try {
    const response = await fetch(`/api/v1/export?${new URLSearchParams({ format, from, to })}`, {
      headers: sessionHeaders(),
    });
    return response.ok
      ? { ok: true, value: await response.blob() }
      : { ok: false, error: await errorOf(response) };
  } catch {
    return { ok: false, error: 'unavailable' };
  }
}

const kindOf = (kind: string): ApiErrorKind => memberOf(API_ERROR_KINDS, kind) ?? 'internal';

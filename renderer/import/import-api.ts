import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { EXPORT_PATH, IMPORT_PATH, importLineSchema, type ImportLine, type ImportSummary } from '#shared/protocol/exchange.ts';
import type { FileRefusal } from '#shared/exchange/refusals.ts';
import type { MappingChoice } from '#shared/exchange/header-map.ts';
import { linesOf } from './ndjson.ts';

/** How an import ended. `cut`: the line broke while it ran; what had been taken stays, and sending again adds nothing twice. */
export type ImportEnd =
  | { readonly kind: 'done'; readonly summary: ImportSummary }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  | { readonly kind: 'error'; readonly error: ApiErrorKind }
  | { readonly kind: 'cut' };

export type ImportProgress = Extract<ImportLine, { readonly state: 'progress' }>;

/** Sends the file and tells of the progress until the API has finished. Never throws for what the network does. */
export async function importFile(file: File, mapping: MappingChoice, onProgress: (progress: ImportProgress) => void): Promise<ImportEnd> {
  const query = new URLSearchParams({ name: file.name, mapping: JSON.stringify(mapping) });
  try {
    const response = await fetch(`${IMPORT_PATH}?${query}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
    if (!response.ok || response.body === null) return { kind: 'error', error: await errorOf(response) };
    for await (const line of linesOf(response.body)) {
      const read = importLineSchema.parse(JSON.parse(line));
      if (read.state === 'progress') onProgress(read);
      else if (read.state === 'done') return { kind: 'done', summary: read.summary };
      else if (read.state === 'refused') return { kind: 'refused', refusal: read.refusal };
      else return { kind: 'error', error: 'internal' };
    }
  } catch {
    return { kind: 'cut' };
  }
  return { kind: 'cut' };
}

/** The region's incidents of these days as the registry's file, or why not. */
export async function exportFile(format: 'xlsx' | 'csv', from: string, to: string): Promise<Blob | ApiErrorKind> {
  try {
    const response = await fetch(`${EXPORT_PATH}?${new URLSearchParams({ format, from, to })}`);
    return response.ok ? await response.blob() : await errorOf(response);
  } catch {
    return 'unavailable';
  }
}

async function errorOf(response: Response): Promise<ApiErrorKind> {
  const read = apiErrorSchema.safeParse(await response.json().catch(() => null));
  return read.success ? read.data.error.kind : 'unavailable';
}

import type { PreviewOptions, PreviewResult } from '#shared/exchange/preview.ts';
import { method } from '#renderer/data/rpc/method-table.ts';

/** The methods of the worker that reads files; it announces the number of rows read so far now and then. */
export const PREVIEW_METHODS = {
  preview: method<
    [file: File, options: Pick<PreviewOptions, 'choice' | 'readings' | 'sheet' | 'zone'>],
    PreviewResult
  >(),
};

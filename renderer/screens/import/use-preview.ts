import { useEffect, useState } from 'react';
import type { MappingChoice } from '#shared/exchange/header-map.ts';
import type { PreviewResult } from '#shared/exchange/preview.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import { clientOf } from '#renderer/data/rpc/client.ts';
import { callOver, onNews } from '#renderer/data/rpc/port.ts';
import { PREVIEW_METHODS } from './preview-methods.ts';

export type PreviewState =
  | { readonly state: 'reading'; readonly rows: number }
  | { readonly state: 'read'; readonly result: PreviewResult }
  /** The browser could not read the file: it was moved or its medium is gone. */
  | { readonly state: 'unreadable' };

/** Choices under which a file is read. */
interface PreviewRequest {
  readonly choice: MappingChoice;
  readonly readings: Readings;
  readonly sheet: string | undefined;
  readonly zone: string;
}

/**
 * The file under a mapping, read in a worker of its own; a new mapping ends the reading under the old one.
 * The last answer stays while the next is worked out.
 */
export function usePreview(file: File, { choice, readings, sheet, zone }: PreviewRequest): PreviewState {
  const [shown, setShown] = useState<PreviewState>({ state: 'reading', rows: 0 });
  useEffect(() => {
    const worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
    onNews(worker, (rows: number) =>
      setShown((before) => (before.state === 'read' ? before : { state: 'reading', rows })),
    );
    clientOf(PREVIEW_METHODS, callOver(worker, PREVIEW_METHODS))
      .preview(file, { choice, readings, zone, ...(sheet === undefined ? {} : { sheet }) })
      .then((result) => setShown({ state: 'read', result }))
      .catch(() => setShown({ state: 'unreadable' }));
    return () => worker.terminate();
  }, [file, choice, readings, sheet, zone]);
  return shown;
}

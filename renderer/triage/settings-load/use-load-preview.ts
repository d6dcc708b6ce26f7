import { useEffect, useState } from 'react';
import type { LoadPreviewResult } from '#shared/exchange/settings/read-load.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { TableKind } from '#shared/exchange/settings/tables.ts';
import { useCentreTime, useReference, useSession, useStore } from '#renderer/kit/context/console-context.tsx';
import { openLoadWorker } from './load-worker-client.ts';

export type LoadReading =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly result: LoadPreviewResult }
  /** The browser could not read the file: it was moved or its medium is gone. */
  | { readonly state: 'unreadable' };

/** Reads what a file of settings would change, once in a worker of its own. */
export function useLoadPreview(file: File, kind: TableKind, version: Instant | null): LoadReading {
  const store = useStore();
  const { zone } = useReference();
  const { role } = useSession().account;
  const centreTime = useCentreTime();
  const [reading, setReading] = useState<LoadReading>({ state: 'reading' });
  useEffect(() => {
    const { reader, end } = openLoadWorker();
    const read = async (): Promise<LoadPreviewResult> => {
      const request = { kind, rows: await store.reference(), zone, at: centreTime(), role, version };
      return reader.read(file, request);
    };
    read()
      .then((result) => setReading({ state: 'read', result }))
      .catch(() => setReading({ state: 'unreadable' }));
    return end;
    // What is shown is what is saved: rows that come meanwhile are merged when it is.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [file, kind]);
  return reading;
}

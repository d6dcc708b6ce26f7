import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from '#renderer/kit/context/console-context.tsx';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import { addressOf } from './report-address.ts';
import type { MadeReport } from './use-report.ts';

/** Rows read at a time. */
const PAGE = 60;

/** The incidents one figure counts, read as they come into view. */
export interface Behind {
  /** Null until known. */
  readonly total: number | null;
  /** The row at a place, or undefined while it is being read; asking for it reads it. */
  readonly row: (index: number) => QueueRow | undefined;
}

interface Pages {
  /** Key of the exact summary (its request, figure and moment); `about` is the same without the moment. */
  readonly of: string;
  readonly about: string;
  readonly total: number | null;
  readonly rows: ReadonlyMap<number, QueueRow>;
}

const NO_ROWS: Pages['rows'] = new Map();

/** Exactly the incidents a figure of a summary counts, oldest first. */
export function useBehind({ request, report }: MadeReport, figure: string): Behind {
  const store = useStore();
  const [pages, setPages] = useState<Pages>({ of: '', about: '', total: null, rows: NO_ROWS });
  const requested = useRef(new Set<number>());
  const latest = useRef('');
  const about = `${figure} ${addressOf(request)}`;
  const of = `${about} ${report.asOf}`;
  const read = useCallback(
    (page: number) => {
      if (requested.current.has(page)) return;
      requested.current.add(page);
      void store.behind(request, figure, report.asOf, page * PAGE, PAGE).then(({ total, rows }) => {
        // An answer about an older summary may come last; it must not take the newer one's place.
        if (latest.current !== of) return;
        setPages((before) => {
          const known = before.of === of ? before.rows : NO_ROWS;
          const fresh = rows.map((row, at) => [page * PAGE + at, row] as const);
          return { of, about, total, rows: new Map([...known, ...fresh]) };
        });
      });
    },
    [store, request, figure, report.asOf, of, about],
  );
  useEffect(() => {
    requested.current = new Set();
    latest.current = of;
    read(0);
  }, [read, of]);
  // While a newer summary's list is read the older one stays: live changes must not make it flicker.
  const isCurrent = pages.about === about;
  return {
    total: isCurrent ? pages.total : null,
    row: (index) => {
      const row = isCurrent ? pages.rows.get(index) : undefined;
      if (row === undefined && isCurrent) queueMicrotask(() => read(Math.floor(index / PAGE)));
      return row;
    },
  };
}

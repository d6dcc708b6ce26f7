import { useCallback, useEffect, useRef, useState } from 'react';
import { useConsole, useStoreChange } from '#renderer/app/console-context.tsx';
import type { QueuePage, QueueQuery, QueueRow } from '#renderer/store/console-store.ts';

const PAGE = 60;
const NO_ROWS: ReadonlyMap<number, QueueRow> = new Map();

export interface QueueRows {
  /** `null` until the first page has come. */
  readonly total: number | null;
  /** Row by its place in the queue; a place not read yet is missing. */
  readonly rows: ReadonlyMap<number, QueueRow>;
  /** Counts answers, so that effects can follow them. */
  readonly generation: number;
  /** Says which places are on the screen; reads those that are missing. */
  readonly show: (from: number, to: number) => void;
}

interface State {
  readonly key: string;
  readonly total: number | null;
  readonly rows: ReadonlyMap<number, QueueRow>;
  readonly generation: number;
}

const indexed = (page: QueuePage, offset: number): [number, QueueRow][] =>
  page.rows.map((row, index) => [offset + index, row]);

/** Runs `read` once more when it was asked for while running. */
function useCoalesced(read: () => Promise<void>): () => void {
  const state = useRef({ isReading: false, isAskedAgain: false });
  return useCallback(() => {
    const now = state.current;
    if (now.isReading) {
      now.isAskedAgain = true;
      return;
    }
    now.isReading = true;
    const run = async (): Promise<void> => {
      try {
        do {
          now.isAskedAgain = false;
          await read();
        } while (now.isAskedAgain);
      } finally {
        // In the same turn as the last look at `isAskedAgain`: a change that comes between the two would be lost.
        now.isReading = false;
      }
    };
    void run();
  }, [read]);
}

/** What has been read of one question, and how to read more of it; the answer to an older question never replaces a newer one's. */
function usePages(key: string): {
  readonly state: State;
  readonly read: (from: number, to: number, keepsOthers: boolean) => Promise<void>;
} {
  const { hub } = useConsole();
  const [state, setState] = useState<State>({ key, total: null, rows: NO_ROWS, generation: 0 });
  const ticket = useRef(0);
  const read = useCallback(
    async (from: number, to: number, keepsOthers: boolean): Promise<void> => {
      const mine = (ticket.current += 1);
      const page = await hub.store.queue(JSON.parse(key) as QueueQuery, from, to - from);
      // A later question has been asked meanwhile: its answer is the one to show, unless both add to one picture.
      if (!keepsOthers && mine !== ticket.current) return;
      setState((before) => ({
        key,
        total: page.total,
        rows: new Map([
          ...(keepsOthers && before.key === key ? before.rows : NO_ROWS),
          ...indexed(page, from),
        ]),
        generation: before.generation + 1,
      }));
    },
    [hub, key],
  );
  return { state, read };
}

/**
 * Pages of the queue as the scroll needs them. A change of the local copy reads again what is on the screen and forgets the
 * rest; until the answer is there the old rows stay, so that nothing blinks.
 */
export function useQueueRows(query: QueueQuery): QueueRows {
  const key = JSON.stringify(query);
  const { state, read } = usePages(key);
  const shown = useRef({ from: 0, to: PAGE });
  useEffect(() => {
    shown.current = { from: 0, to: PAGE };
    void read(0, PAGE * 2, false);
  }, [read]);
  useStoreChange(
    useCoalesced(
      useCallback(() => read(Math.max(0, shown.current.from - PAGE), shown.current.to + PAGE, false), [read]),
    ),
  );
  const { rows, total } = state;
  const show = useCallback(
    (from: number, to: number) => {
      shown.current = { from, to };
      for (let index = from; index < Math.min(to, total ?? 0); index += 1) {
        if (rows.has(index)) continue;
        const start = Math.floor(index / PAGE) * PAGE;
        void read(start, start + PAGE * 2, true);
        return;
      }
    },
    [rows, total, read],
  );
  const isCurrent = state.key === key;
  return {
    total: isCurrent ? total : null,
    rows: isCurrent ? rows : NO_ROWS,
    generation: state.generation,
    show,
  };
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useConsole, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import type { QueuePage, QueueQuery, QueueRow } from '#renderer/data/store/console-store.ts';
import type { List } from '#renderer/triage/card/selection.ts';

const PAGE = 60;
const NO_ROWS: ReadonlyMap<number, QueueRow> = new Map();

export interface QueueRows {
  /** `null` until the first page has come. */
  readonly total: number | null;
  /** Row by its place in the queue; a place not read yet is missing. */
  readonly rows: ReadonlyMap<number, QueueRow>;
  /** The same for the selection. */
  readonly list: List;
  /** Says which row is chosen, so that every answer says where it stands, however far down. */
  readonly follow: (id: string | null) => void;
  /** Takes the places that are on the screen, and reads those that are missing. */
  readonly show: (from: number, to: number) => void;
}

interface State {
  readonly key: string;
  readonly total: number | null;
  readonly rows: ReadonlyMap<number, QueueRow>;
  /** The place of the chosen row, where it is not among the rows that were read. */
  readonly far: Far | null;
}

interface Far {
  readonly id: string;
  readonly place: number | null;
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
        // In the same turn as the last look at `isAskedAgain`: a change that comes between the two would be
        // lost.
        now.isReading = false;
      }
    };
    void run();
  }, [read]);
}

const holds = (rows: Iterable<QueueRow>, id: string): boolean => {
  for (const row of rows) if (row.id === id) return true;
  return false;
};

/**
 * Rows read so far under one query, and the way to read more of them; the answer to an older query never
 * replaces a newer one's.
 */
function usePages(key: string): {
  readonly state: State;
  readonly read: (from: number, to: number, keepsOthers: boolean) => Promise<void>;
  readonly follow: (id: string | null) => void;
} {
  const { hub } = useConsole();
  const [state, setState] = useState<State>({ key, total: null, rows: NO_ROWS, far: null });
  const ticket = useRef(0);
  const followed = useRef<string | null>(null);
  const read = useCallback(
    async (from: number, to: number, keepsOthers: boolean): Promise<void> => {
      const mine = (ticket.current += 1);
      const query = JSON.parse(key) as QueueQuery;
      const page = await hub.store.queue(query, from, to - from);
      const id = followed.current;
      const isFar = !keepsOthers && id !== null && page.rows.length < page.total && !holds(page.rows, id);
      const far = isFar ? { id, place: await hub.store.placeOf(query, id) } : null;
      // A later question has been asked meanwhile: its answer is the one to show, unless both add to one
      // picture.
      if (!keepsOthers && mine !== ticket.current) return;
      setState((before) => ({
        key,
        total: page.total,
        rows: new Map([
          ...(keepsOthers && before.key === key ? before.rows : NO_ROWS),
          ...indexed(page, from),
        ]),
        far: keepsOthers && before.key === key ? before.far : far,
      }));
    },
    [hub, key],
  );
  const follow = useCallback((id: string | null) => {
    followed.current = id;
  }, []);
  return { state, read, follow };
}

/** The rows as the selection sees them. */
function listOf({ total, rows, far }: State, query: string): List {
  return {
    query,
    total,
    idAt: (index) => rows.get(index)?.id,
    placeOf: (id) => {
      for (const [place, row] of rows) if (row.id === id) return place;
      if (far?.id === id) return far.place;
      return rows.size === total ? null : undefined;
    },
  };
}

/**
 * Pages of the queue as the scroll needs them. A change of the local copy reads again what is on the screen
 * and forgets the rest; until the answer is there the old rows stay, so that nothing blinks.
 */
export function useQueueRows(query: QueueQuery): QueueRows {
  const key = JSON.stringify(query);
  const { state, read, follow } = usePages(key);
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
  const list = useMemo(
    () => listOf(isCurrent ? state : { key, total: null, rows: NO_ROWS, far: null }, key),
    [isCurrent, state, key],
  );
  return { total: list.total, rows: isCurrent ? rows : NO_ROWS, list, follow, show };
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { inputOf } from '#shared/report/all-in-memory.ts';
import type { FigureInput } from '#shared/report/figure.ts';
import { factsFrom, makeReport } from '#shared/report/make-report.ts';
import type { PeriodReport } from '#shared/report/period-report.ts';
import { monthPeriod, type Period } from '#shared/report/period.ts';
import {
  useReference,
  useSession,
  useStatus,
  useStore,
  useStoreChange,
} from '#renderer/app/console-context.tsx';
import type { Reference } from '#renderer/app/reference.ts';
import type { StoreChange } from '#renderer/store/console-store.ts';
import type { Month } from './months.ts';
import { readMonth, withFresh, type MonthEntries } from './read-month.ts';

/** A month as far as it is known. */
export type MonthState =
  | { readonly state: 'reading'; readonly share: number }
  | {
      readonly state: 'ready';
      readonly report: PeriodReport;
      readonly input: FigureInput;
      readonly entries: MonthEntries;
    };

interface Read {
  readonly month: Month;
  readonly asOf: Instant;
  readonly entries: MonthEntries;
}

/** Changes come in bursts; the sheet follows them at this pace. */
const FOLLOW_MS = 1200;

const periodOf = (month: Month, zone: string): Period =>
  must(monthPeriod(month, zone), 'a month in the address');

/** The summary of a month, kept in step with the local copy. */
export function useMonth(month: Month): MonthState {
  const { region } = useSession();
  const reference = useReference();
  const { zone } = reference;
  const [share, setShare] = useState(0);
  const { read, follow } = useReading(month, setShare);
  useStoreChange(follow);
  return useMemo((): MonthState => {
    if (read === null || read.month !== month) return { state: 'reading', share };
    const period = periodOf(month, zone);
    const facts = [...read.entries.values()].map((one) => one.facts);
    const directory = { region: region.code, regionName: region.name, timeZone: zone, ...namesOf(reference) };
    const request = { form: 'month', from: period.from, to: period.to } as const;
    const input = inputOf(facts, request, { calendar: reference.calendar, directory }, read.asOf);
    return { state: 'ready', report: makeReport(input), input, entries: read.entries };
  }, [read, month, zone, region, reference, share]);
}

function namesOf({ agencies, municipalities }: Reference) {
  const names = new Map(agencies.map(({ id, name }) => [id, name]));
  const residents = new Map(municipalities.map(({ name, population }) => [name, population?.count ?? null]));
  return {
    agencyName: (id: string): string => names.get(id) ?? id,
    population: (name: string): number | null => residents.get(name) ?? null,
  };
}

/** Reads the month when it is asked for, and again what changes afterwards. */
function useReading(month: Month, onPart: (share: number) => void) {
  const store = useStore();
  const reference = useReference();
  const asOf = useAsOf();
  const [read, setRead] = useState<Read | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    onPart(0);
    const { end } = periodOf(month, reference.zone);
    const start = factsFrom(periodOf(month, reference.zone));
    void readMonth(store, { start, end }, reference, onPart, stop.signal).then((entries) => {
      if (entries !== null) setRead({ month, asOf: asOf(), entries });
    });
    return () => stop.abort();
  }, [store, month, reference, round, asOf, onPart]);
  const refresh = useCallback(
    async (ids: ReadonlySet<string> | 'all') => {
      if (ids === 'all') return setRound((count) => count + 1);
      const fresh = new Map(
        await Promise.all([...ids].map(async (id) => [id, await store.incident(id)] as const)),
      );
      setRead(
        (before) =>
          before && { ...before, asOf: asOf(), entries: withFresh(before.entries, fresh, reference) },
      );
    },
    [store, reference, asOf],
  );
  return { read, follow: usePaced(refresh) };
}

/** Up to when the local copy speaks: now while connected, else when the connection was lost. */
function useAsOf(): () => Instant {
  const { connection } = useStatus();
  const latest = useRef(connection);
  useEffect(() => {
    latest.current = connection;
  });
  return useCallback(() => (latest.current.state === 'offline' ? latest.current.since : Date.now()), []);
}

/** Collects changed incidents and hands them on together. */
function usePaced(
  refresh: (ids: ReadonlySet<string> | 'all') => Promise<void>,
): (change: StoreChange) => void {
  const waiting = useRef<{ ids: Set<string> | 'all'; timer: ReturnType<typeof setTimeout> } | null>(null);
  useEffect(
    () => () => {
      if (waiting.current !== null) clearTimeout(waiting.current.timer);
      waiting.current = null;
    },
    [refresh],
  );
  return useCallback(
    ({ incidents }) => {
      if (incidents !== 'all' && incidents.length === 0) return;
      const before = waiting.current;
      const ids =
        incidents === 'all' || before?.ids === 'all'
          ? 'all'
          : new Set([...(before?.ids ?? []), ...incidents]);
      if (before !== null) {
        before.ids = ids;
        return;
      }
      const timer = setTimeout(() => {
        const due = waiting.current;
        waiting.current = null;
        if (due !== null) void refresh(due.ids);
      }, FOLLOW_MS);
      waiting.current = { ids, timer };
    },
    [refresh],
  );
}

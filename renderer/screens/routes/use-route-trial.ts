import { useState } from 'react';
import { workHolderAt, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { RouteBook } from '#shared/domain/route-book.ts';
import { tryRoutes, type RouteTrial } from '#shared/domain/route-trial.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { useCentreTime, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { lastMonth } from '#renderer/kit/words/last-month.ts';
import type { RouteChange } from './route-draft.ts';

/** The moment at which all of the changes have come about. */
export const momentOfChanges = (changes: readonly RouteChange[], now: Instant): Instant =>
  changes.reduce((latest, { row, before }) => {
    const closes = before !== null && before.validTo !== row.validTo ? (row.validTo ?? now) : now;
    return Math.max(latest, row.validFrom ?? now, closes);
  }, now);

/** The table with changes made. */
export function tableAfter(
  routes: readonly RoutingRule[],
  changes: readonly RouteChange[],
): readonly RoutingRule[] {
  const changed = new Set(changes.map(({ row }) => row.id));
  return [...routes.filter(({ id }) => !changed.has(id)), ...changes.map(({ row }) => row)];
}

/** Tries changed routes on the messages of last month, read off this workstation's copy. */
export function useRouteTrial() {
  const store = useStore();
  const { routes, agencies, zone } = useReference();
  const centreTime = useCentreTime();
  const [result, setResult] = useState<RouteTrial | null>(null);
  const [isRunning, setRunning] = useState(false);
  const run = async (changes: readonly RouteChange[]): Promise<void> => {
    setRunning(true);
    const now = centreTime();
    const { start, end } = lastMonth(zone, now);
    const messages = await store.triedMessages(start, end);
    const then = momentOfChanges(changes, now);
    const byId = new Map<string, Agency>(agencies.map((agency) => [agency.id, agency]));
    const bookOf = (table: readonly RoutingRule[], at: Instant): RouteBook =>
      new RouteBook(table, (agency, matter) => workHolderAt(byId, agency, matter, at));
    setResult(
      tryRoutes(
        messages,
        { book: bookOf(routes, now), at: now },
        { book: bookOf(tableAfter(routes, changes), then), at: then },
      ),
    );
    setRunning(false);
  };
  return { result, isRunning, run };
}

import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { factsOf, type Facts, type FactsContext } from '#shared/report/facts.ts';
import type { Period } from '#shared/report/period.ts';
import type { ConsoleStore } from '#renderer/store/console-store.ts';

/** One line of the list behind a figure. */
export interface Brief {
  readonly id: string;
  readonly number: number | null;
  readonly createdAt: Instant;
  readonly text: string;
}

/** An incident as the month knows it. */
export interface MonthEntry {
  readonly facts: Facts;
  readonly brief: Brief;
}

export type MonthEntries = ReadonlyMap<string, MonthEntry>;

/** How long the main thread may be busy with one portion: about this many incidents are unpacked in a frame's time. */
const PORTION = { few: 60, many: 250 } as const;
const LONGEST_STEP = 16 * MS_PER_DAY;
const TEXT_KEPT = 280;

/** What the month keeps of an incident; the rest of it is not held. */
export function entryOf(incident: Incident, context: FactsContext): MonthEntry {
  const { id, number, createdAt, text } = incident;
  return {
    facts: factsOf(incident, context),
    brief: { id, number, createdAt, text: text.length > TEXT_KEPT ? `${text.slice(0, TEXT_KEPT)}…` : text },
  };
}

/** The next stretch of time to ask for, by how many incidents the last one held. */
export function nextStep(step: number, found: number): number {
  if (found > PORTION.many) return Math.max(MS_PER_DAY / 8, step / 2);
  return found < PORTION.few ? Math.min(LONGEST_STEP, step * 2) : step;
}

/**
 * Reads everything a month and the month before it are made of, a stretch of days at a time, so that a large month never
 * holds up the keyboard. `onPart` is told the share that has been read; null when `signal` ended it.
 */
export async function readMonth(
  store: Pick<ConsoleStore, 'incidentsOf'>,
  { start, end }: Pick<Period, 'start' | 'end'>,
  context: FactsContext,
  onPart: (share: number) => void,
  signal: AbortSignal,
): Promise<MonthEntries | null> {
  const entries = new Map<string, MonthEntry>();
  let step = 2 * MS_PER_DAY;
  for (let from = start; from < end;) {
    const to = Math.min(end, from + step);
    const found = await store.incidentsOf(from, to);
    if (signal.aborted) return null;
    for (const incident of found) entries.set(incident.id, entryOf(incident, context));
    step = nextStep(step, found.length);
    from = to;
    onPart((from - start) / (end - start));
  }
  return entries;
}

/** The month with some incidents read anew; null in `fresh` is one that is no longer here. */
export function withFresh(
  entries: MonthEntries,
  fresh: ReadonlyMap<string, Incident | null>,
  context: FactsContext,
): MonthEntries {
  const next = new Map(entries);
  for (const [id, incident] of fresh) {
    if (incident === null) next.delete(id);
    else next.set(id, entryOf(incident, context));
  }
  return next;
}

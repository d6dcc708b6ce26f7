import type { CompiledCalendar } from '#shared/domain/calendar.ts';
import type { Incident, PromiseControl } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { promiseEnd } from '#shared/domain/promises/promise-end.ts';
import { madeBy, promiseQuote } from '#shared/domain/promises/promise-quote.ts';
import { formatLocalTimestamp, type LocalDate } from '#shared/domain/time-zone.ts';
import { deidentified } from '#shared/text/deidentify.ts';
import { within, type PeriodForm, type ReportPeriods } from '#shared/report/facts/period.ts';
import { countOf } from '#shared/report/facts/statistics.ts';
import type { ReportDirectory } from '#shared/report/summary/period-report.ts';

/** Outcomes of promises: `late` is one that nobody has spoken of although its time is past. */
export const LEDGER_STATES = ['kept', 'broken', 'late', 'open'] as const;
export type LedgerState = (typeof LEDGER_STATES)[number];

/** One promise, with what tells where and by when. */
export interface LedgerLine {
  readonly number: number | null;
  readonly municipality: string;
  /** The street, or else the nearest thing known; never a house. */
  readonly street: string;
  readonly due: Instant;
  readonly date: LocalDate;
  /** `18:00` where an hour was named. */
  readonly hour: string | null;
  /** The sentence that promises, without what tells who asked. */
  readonly quote: string;
  readonly state: LedgerState;
  /** How often it was moved to another moment. */
  readonly moved: number;
}

/** The promises of one agency, street by street. */
export interface LedgerPart {
  readonly agency: string;
  /** '' for the centre's own. */
  readonly agencyName: string;
  readonly lines: readonly LedgerLine[];
}

/** The promises that fall due in a period, by the agency that made them. */
export interface PromiseLedger {
  readonly region: string;
  readonly regionName: string;
  readonly timeZone: string;
  readonly form: PeriodForm;
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  readonly asOf: Instant;
  readonly parts: readonly LedgerPart[];
  /** Promises beyond the {@link MOST_LINES} that one ledger lists. */
  readonly others: number;
}

/** As many promises as one ledger lists: more is no paper that anybody goes through. */
export const MOST_LINES = 2000;

/** A line of the ledger with the agency whose promise it is. */
export type AgencyPromise = LedgerLine & { readonly agency: string };

interface LedgerContext {
  readonly periods: ReportPeriods;
  readonly asOf: Instant;
  readonly calendar: CompiledCalendar;
}

const stateOf = ({ state, due }: PromiseControl, asOf: Instant): LedgerState | null => {
  if (state === 'cancelled') return null;
  return state === 'open' && due < asOf ? 'late' : state;
};

const streetOf = ({ place: { street, object, settlement } }: Incident): string =>
  street || object || settlement;

/** Reads off an incident its promises that fall due in the period; one that was taken off is none. */
export function promisesDue(incident: Incident, context: LedgerContext): readonly AgencyPromise[] {
  const { periods, asOf, calendar } = context;
  return incident.promises.flatMap((promise): readonly AgencyPromise[] => {
    const state = stateOf(promise, asOf);
    if (state === null || !within(promise.due, periods.period)) return [];
    const local = formatLocalTimestamp(calendar.data.zone, promise.due);
    return [
      {
        agency: madeBy(incident, promise),
        number: incident.number,
        municipality: incident.place.municipality,
        street: streetOf(incident),
        due: promise.due,
        date: local.slice(0, 10),
        hour: promiseEnd(promise, calendar) === 'hour' ? local.slice(11, 16) : null,
        quote: deidentified(promiseQuote(incident, promise), [incident.author.name]),
        state,
        moved: countOf(
          incident.history,
          ({ event, detail, undone }) =>
            event === 'promise_moved' && detail['promise'] === promise.id && undone !== true,
        ),
      },
    ];
  });
}

interface LedgerParts {
  readonly periods: ReportPeriods;
  readonly asOf: Instant;
  readonly directory: ReportDirectory;
  readonly promises: readonly AgencyPromise[];
}

/** See {@link PromiseLedger}: agencies by name, in each municipalities and streets, then days. */
export function ledgerOf({ periods, asOf, directory, promises }: LedgerParts): PromiseLedger {
  const { region, regionName, timeZone } = directory;
  const { from, to } = periods.period;
  const byName = new Intl.Collator('ru').compare;
  const listed = promises.toSorted((a, b) => a.due - b.due).slice(0, MOST_LINES);
  const parts = Array.from(
    Map.groupBy(listed, ({ agency }) => agency),
    ([agency, own]): LedgerPart => ({
      agency,
      agencyName: agency === '' ? '' : directory.agencyName(agency),
      lines: own.toSorted(
        (a, b) => byName(a.municipality, b.municipality) || byName(a.street, b.street) || a.due - b.due,
      ),
    }),
  ).toSorted((a, b) => byName(a.agencyName, b.agencyName));
  return {
    region,
    regionName,
    timeZone,
    form: periods.form,
    period: { from, to },
    asOf,
    parts,
    others: promises.length - listed.length,
  };
}

/** How many promises of a list stand in each state, and how often they were moved. */
export function ledgerCounts(
  lines: readonly LedgerLine[],
): Readonly<Record<LedgerState | 'moved' | 'all', number>> {
  const of = (wanted: LedgerState): number => countOf(lines, ({ state }) => state === wanted);
  return {
    all: lines.length,
    kept: of('kept'),
    broken: of('broken'),
    late: of('late'),
    open: of('open'),
    moved: lines.reduce((sum, { moved }) => sum + moved, 0),
  };
}

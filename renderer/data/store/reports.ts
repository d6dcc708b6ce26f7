import { activitySchema } from '#shared/domain/activity.ts';
import { campaignSchema } from '#shared/domain/campaign.ts';
import { regionDictionary } from '#shared/domain/region-dictionary.ts';
import { municipalitySchema, type Agency } from '#shared/domain/directory.ts';
import { exampleSchema } from '#shared/domain/example.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ReferenceKind, ReferenceRow } from '#shared/protocol/sync.ts';
import {
  kitOf,
  kitTopics,
  kitQuestionOf,
  type BroadcastKit,
  type KitQuestion,
} from '#shared/report/kit/broadcast-kit.ts';
import {
  ledgerOf,
  promisesDue,
  type AgencyPromise,
  type PromiseLedger,
} from '#shared/report/kit/promise-ledger.ts';
import { owedMoments } from '#shared/report/facts/controls.ts';
import type { Facts, FactsContext } from '#shared/report/facts/facts.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import { periodsOf, type Period, type ReportRequest } from '#shared/report/facts/period.ts';
import type {
  PeriodReport,
  ReportDirectory,
  ReportInput,
  ReportRegisters,
} from '#shared/report/summary/period-report.ts';
import { ratingRules } from '#shared/domain/rating-rules.ts';
import { letterheadOf } from '#shared/domain/regulation.ts';
import type { ReferenceContexts } from '#renderer/data/sync/reference-context.ts';
import { CellFacts } from './cell-facts.ts';
import { columnPast } from './column-past.ts';
import { ChunkDaySums } from './day-sums.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { openControls, owedInColumns } from './open-controls.ts';
import { readUuid } from './layout/uuid-bytes.ts';
import { rowsBetween } from './rows-between.ts';

export interface ReportPorts {
  readonly incidents: IncidentStore;
  readonly region: { readonly code: string; readonly name: string; readonly timeZone: string };
  readonly contexts: Pick<ReferenceContexts, 'settings'>;
  readonly reference: () => Promise<readonly ReferenceRow[]>;
}

/** Gives whole incidents by their ids. */
type ReadIncidents = (ids: readonly string[]) => Promise<ReadonlyMap<string, Incident>>;

/** Incidents that are read at one time. */
const READ_TOGETHER = 200;

/** Summaries of this workstation's copy, made from the columns alone. */
export class Reports {
  readonly #ports: ReportPorts;
  #sums: { readonly context: FactsContext; readonly of: ChunkDaySums } | null = null;

  constructor(ports: ReportPorts) {
    this.#ports = ports;
  }

  report(request: ReportRequest, asOf: Instant): Promise<PeriodReport> {
    return this.#read(request, asOf, ({ start, end }) => ({ start, end }), makeReport);
  }

  /** Ids of the incidents behind a figure, oldest first. */
  behind(request: ReportRequest, figure: string, asOf: Instant): Promise<readonly string[]> {
    return this.#read(
      request,
      asOf,
      ({ end }) => ({ start: -Infinity, end }),
      (input) =>
        factsBehind(figure, {
          ...input,
          controls: openControls(this.#ports.incidents, input.periods.period.end),
        })
          .map(({ id, createdAt }) => ({ id, createdAt }))
          .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
          .map(({ id }) => id),
    );
  }

  /**
   * See {@link BroadcastKit}. `read` gives whole incidents, topic by topic, so that little is held at a time.
   */
  async kit(
    request: ReportRequest,
    agency: string,
    asOf: Instant,
    read: ReadIncidents,
  ): Promise<BroadcastKit> {
    const { periods, directory, received, topics } = await this.#read(
      request,
      asOf,
      ({ start, end }) => ({ start, end }),
      (input) => ({ ...input, ...kitTopics(input.facts, input.periods, agency) }),
    );
    const questions: KitQuestion[] = [];
    for (const topic of topics) {
      const documents = await read(topic.ids);
      questions.push(
        kitQuestionOf(
          topic,
          topic.ids.flatMap((id) => documents.get(id) ?? []),
          agency,
        ),
      );
    }
    return kitOf({ periods, asOf, agency, directory, received, questions });
  }

  /**
   * See {@link PromiseLedger}. `read` gives whole incidents, some at a time, so that little is held: only
   * they know what was promised, the columns know how often.
   */
  async ledger(request: ReportRequest, asOf: Instant, read: ReadIncidents): Promise<PromiseLedger> {
    const { incidents, region, contexts, reference } = this.#ports;
    await incidents.ready;
    const [{ calendar, agencies }, rows] = [await contexts.settings(), await reference()];
    const periods = periodsOf(request, region.timeZone);
    const ids = idsWithPromises(incidents, periods.period);
    const promises: AgencyPromise[] = [];
    for (let from = 0; from < ids.length; from += READ_TOGETHER)
      for (const incident of (await read(ids.slice(from, from + READ_TOGETHER))).values())
        promises.push(...promisesDue(incident, { periods, asOf, calendar }));
    return ledgerOf({ periods, asOf, directory: directoryOf(rows, region, agencies), promises });
  }

  /** Idle work: what the next summary would have to do first. */
  async prepare(pause: () => Promise<void>): Promise<void> {
    const { incidents, contexts } = this.#ports;
    await incidents.ready;
    await this.#sumsBy(await contexts.settings()).prepare(pause);
  }

  /**
   * Gives `read` what a summary is made of. `received` tells when those came whose facts are wanted; of what
   * came before the period, only what was in work when it began, or had anything entered later. All is read
   * off the columns in one go: nothing may change them meanwhile.
   */
  async #read<T>(
    request: ReportRequest,
    asOf: Instant,
    received: (period: Period) => Pick<Period, 'start' | 'end'>,
    read: (input: ReportInput) => T,
  ): Promise<T> {
    const { incidents, region, contexts, reference } = this.#ports;
    await incidents.ready;
    const [context, rows] = [await contexts.settings(), await reference()];
    const periods = periodsOf(request, region.timeZone);
    return read({
      periods,
      facts: this.#facts(received(periods.period), periods.period.start, context),
      past: columnPast(incidents, region.timeZone, this.#sumsBy(context).whole()),
      owed: owedInColumns(incidents, owedMoments(periods, asOf, region.timeZone)),
      calendar: context.calendar,
      directory: directoryOf(rows, region, context.agencies),
      dictionary: regionDictionary(rows.flatMap(({ kind, row }) => (kind === 'topic' ? [row] : []))),
      registers: registersOf(rows),
      rules: context.regulation.rating ?? ratingRules,
      letterhead: letterheadOf(context.regulation),
      asOf,
    });
  }

  #facts(
    received: Pick<Period, 'start' | 'end'>,
    inWorkAt: Instant,
    context: FactsContext,
  ): readonly Facts[] {
    const { incidents } = this.#ports;
    const facts: Facts[] = [];
    rowsBetween(incidents, 'createdAt', received, (chunk, index) => {
      const { createdAt, closedAt, enteredLater } = chunk.cells;
      const isOver = (createdAt[index] as number) < inWorkAt && (closedAt[index] as number) < inWorkAt;
      if (isOver && enteredLater[index] === 0) return;
      facts.push(new CellFacts(chunk, index, incidents.words, context));
    });
    return facts;
  }

  /** Sums judged by that calendar and those policies. */
  #sumsBy(context: FactsContext): ChunkDaySums {
    const { incidents, region } = this.#ports;
    const { calendar, policies } = context;
    if (this.#sums?.context.calendar !== calendar || this.#sums.context.policies !== policies)
      this.#sums = { context, of: new ChunkDaySums(incidents, context, region.timeZone) };
    return this.#sums.of;
  }
}

/** Incidents that promised anything, of those that came before a period's end. */
function idsWithPromises(incidents: IncidentStore, { end }: Period): readonly string[] {
  const ids: string[] = [];
  rowsBetween(incidents, 'createdAt', { start: -Infinity, end }, (chunk, index) => {
    const { promisesKept, promisesBroken, promisesOpen } = chunk.cells;
    if ([promisesKept, promisesBroken, promisesOpen].some((count) => (count[index] as number) > 0))
      ids.push(readUuid(chunk.ids, index * 4));
  });
  return ids;
}

/** Rows of one kind; one this version cannot read is left out, for a summary must come in any case. */
function readRows<T>(
  rows: readonly ReferenceRow[],
  kind: ReferenceKind,
  parse: (row: unknown) => { readonly data?: T | undefined },
): readonly T[] {
  return rows
    .filter((row) => row.kind === kind)
    .flatMap(({ row }) => {
      const { data } = parse(row);
      return data === undefined ? [] : [data];
    });
}

/** The centre's registers among the reference rows. */
export const registersOf = (rows: readonly ReferenceRow[]): ReportRegisters => ({
  campaigns: readRows(rows, 'campaign', (row) => campaignSchema.safeParse(row)),
  activities: readRows(rows, 'activity', (row) => activitySchema.safeParse(row)),
  examples: readRows(rows, 'example', (row) => exampleSchema.safeParse(row)),
});

function directoryOf(
  rows: readonly ReferenceRow[],
  { code, name, timeZone }: ReportPorts['region'],
  agencies: ReadonlyMap<string, Agency>,
): ReportDirectory {
  const population = new Map(
    readRows(rows, 'municipality', (row) => municipalitySchema.safeParse(row)).map((municipality) => [
      municipality.name,
      municipality.population?.count ?? null,
    ]),
  );
  return {
    region: code,
    regionName: name,
    timeZone,
    agencyName: (id) => agencies.get(id)?.name ?? id,
    agencyDative: (id) => agencies.get(id)?.dative ?? null,
    population: (municipality) => population.get(municipality) ?? null,
  };
}

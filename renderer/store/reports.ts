import { activitySchema } from '#shared/domain/activity.ts';
import { campaignSchema } from '#shared/domain/campaign.ts';
import { municipalitySchema, type Agency } from '#shared/domain/directory.ts';
import { exampleSchema } from '#shared/domain/example.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ReferenceKind, ReferenceRow } from '#shared/protocol/sync.ts';
import {
  kitOf,
  kitTopics,
  questionOf,
  type BroadcastKit,
  type KitQuestion,
} from '#shared/report/broadcast-kit.ts';
import { judged, type Facts, type FactsContext } from '#shared/report/facts.ts';
import { factsBehind } from '#shared/report/figure.ts';
import { makeReport } from '#shared/report/make-report.ts';
import { periodsOf, type Period, type ReportRequest } from '#shared/report/period.ts';
import type {
  PeriodReport,
  ReportDirectory,
  ReportInput,
  ReportRegisters,
} from '#shared/report/period-report.ts';
import { ratingRules } from '#shared/report/rating-rules.ts';
import type { ReferenceContexts } from '#renderer/sync/reference-context.ts';
import { columnPast } from './column-past.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { readFacts } from './fact-cells.ts';
import { JudgedRows } from './judged-rows.ts';
import { openControls } from './open-controls.ts';

export interface ReportPorts {
  readonly incidents: IncidentStore;
  readonly region: { readonly code: string; readonly name: string; readonly timeZone: string };
  readonly contexts: Pick<ReferenceContexts, 'facts'>;
  readonly reference: () => Promise<readonly ReferenceRow[]>;
}

/** Summaries of this workstation's copy, made from the columns alone. */
export class Reports {
  readonly #ports: ReportPorts;
  #judged: JudgedRows | null = null;

  constructor(ports: ReportPorts) {
    this.#ports = ports;
  }

  async report(request: ReportRequest, asOf: Instant): Promise<PeriodReport> {
    return makeReport(await this.#input(request, asOf));
  }

  /** Ids of the incidents behind a figure, oldest first. */
  async behind(request: ReportRequest, figure: string, asOf: Instant): Promise<readonly string[]> {
    return factsBehind(figure, await this.#input(request, asOf))
      .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }

  /** See {@link BroadcastKit}. `read` gives whole incidents, topic by topic, so that little is held at a time. */
  async kit(
    request: ReportRequest,
    agency: string,
    asOf: Instant,
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Incident>>,
  ): Promise<BroadcastKit> {
    const { periods, facts, directory } = await this.#input(request, asOf);
    const { received, topics } = kitTopics(facts, periods, agency);
    const questions: KitQuestion[] = [];
    for (const topic of topics) {
      const documents = await read(topic.ids);
      questions.push(
        questionOf(
          topic,
          topic.ids.flatMap((id) => documents.get(id) ?? []),
          agency,
        ),
      );
    }
    return kitOf({ periods, asOf, agency, directory, received, questions });
  }

  async #input(request: ReportRequest, asOf: Instant): Promise<ReportInput> {
    const { incidents, region, contexts, reference } = this.#ports;
    await incidents.ready;
    const [context, rows] = [await contexts.facts(), await reference()];
    const periods = periodsOf(request, region.timeZone);
    return {
      periods,
      facts: this.#facts(periods.period, context),
      past: columnPast(incidents, region.timeZone, this.#judgedRows(context)),
      controls: openControls(incidents),
      calendar: context.calendar,
      directory: directoryOf(rows, region, context.agencies),
      registers: registersOf(rows),
      rules: ratingRules,
      asOf,
    };
  }

  /** Received in the period, or before it and not closed when it began. */
  #facts({ start, end }: Period, context: FactsContext): readonly Facts[] {
    const { columns, words } = this.#ports.incidents;
    const facts: Facts[] = [];
    for (const { first, rows, at, cells } of columns.chunks) {
      for (let index = 0; index < rows; index += 1) {
        const created = cells.createdAt[index] as number;
        if (at.live[index] !== 1 || created >= end) continue;
        if (created < start && (cells.closedAt[index] as number) < start) continue;
        facts.push(judged(readFacts(columns.idOf(first + index), cells, index, words), context));
      }
    }
    return facts;
  }

  #judgedRows(context: FactsContext): JudgedRows {
    if (this.#judged?.isOf(context) !== true)
      this.#judged = new JudgedRows(context, this.#ports.incidents.words);
    return this.#judged as JudgedRows;
  }
}

/** Rows of one kind; one this version cannot read is left out, for a summary must come in any case. */
function readRows<T>(
  rows: readonly ReferenceRow[],
  kind: ReferenceKind,
  parse: (row: unknown) => { readonly data?: T | undefined },
): readonly T[] {
  return rows
    .filter((one) => one.kind === kind)
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
    readRows(rows, 'municipality', (row) => municipalitySchema.safeParse(row)).map((one) => [
      one.name,
      one.population?.count ?? null,
    ]),
  );
  return {
    region: code,
    regionName: name,
    timeZone,
    agencyName: (id) => agencies.get(id)?.name ?? id,
    agencyDative: (id) => agencies.get(id)?.dative ?? null,
    population: (one) => population.get(one) ?? null,
  };
}

import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import { isDeepStrictEqual } from 'node:util';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { controlOfIncident } from '#shared/report/facts/controls.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { registersOf, Reports } from '#renderer/data/store/reports.ts';
import { NOTHING } from '#renderer/data/sync/local-step.ts';
import { centreSettingsOf } from '#renderer/data/sync/reference-context.ts';
import { inputOf } from '#tests/fixtures/report-input.ts';
import { ZONE } from '../sync-fixtures.ts';

/** The month in which histories begin. */
export const REQUEST: ReportRequest = { form: 'month', from: '2026-03-01', to: '2026-03-31' };

/** Rows of a copy, or of the API. */
export interface Held {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly reference: readonly ReferenceRow[];
}

/** Makes the month's summary of all rows at once, by the facts of each. */
export function reportOfRows(region: string, { incidents, reference }: Held, asOf: Instant): PeriodReport {
  const context = centreSettingsOf(reference, ZONE);
  const rows = [...incidents.values()];
  const directory = {
    region,
    regionName: region,
    timeZone: ZONE,
    agencyName: (id: string) => context.agencies.get(id)?.name ?? id,
    agencyDative: () => null,
    population: () => null,
  };
  const controls = rows.flatMap((row) => controlOfIncident(row) ?? []);
  const surroundings = { calendar: context.calendar, directory, controls };
  const facts = rows.map((row) => factsOf(row, context));
  return makeReport(inputOf(facts, REQUEST, surroundings, asOf, registersOf(reference)));
}

/**
 * The product's columns beside a simulated copy: they are told at every look what has changed in it since the
 * last one, and the month is summed from them.
 */
export class ReportDesk {
  readonly #name = `simulated:${randomUUID()}`;
  #store: DexieSyncStore | null = null;
  #seen: ReadonlyMap<string, Incident> = new Map();

  async report(region: string, held: Held, asOf: Instant): Promise<PeriodReport> {
    this.#store ??= await DexieSyncStore.open({ name: this.#name, newId: randomUUID });
    const { incidents } = held;
    const views = [...incidents.values()].filter((row) => !isDeepStrictEqual(this.#seen.get(row.id), row));
    const gone = [...this.#seen.keys()].filter((id) => !incidents.has(id));
    await this.#store.apply({ ...NOTHING, views, gone });
    this.#seen = incidents;
    const reports = new Reports({
      incidents: this.#store.incidents,
      region: { code: region, name: region, timeZone: ZONE },
      contexts: { settings: async () => centreSettingsOf(held.reference, ZONE) },
      reference: async () => held.reference,
    });
    return reports.report(REQUEST, asOf);
  }

  async close(): Promise<void> {
    await this.#store?.close();
    if (this.#store !== null) await Dexie.delete(this.#name);
  }
}

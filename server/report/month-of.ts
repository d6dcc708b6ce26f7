import type { Incident } from '#shared/domain/incident.ts';
import { municipalitySchema } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { factsOf, type Facts } from '#shared/report/facts.ts';
import { monthReport, type MonthReport, type ReportDirectory } from '#shared/report/month.ts';
import { monthBefore, monthPeriod, type Period } from '#shared/report/period.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { factsAt, type ReferenceFacts } from '#server/sync/reference-facts.ts';
import { readReference } from '#server/sync/reference.ts';

/** Incidents read at a time: a large region's two months do not have to fit in memory as rows. */
const PAGE = 2000;

/** The month of a region from the API's own rows, or null when there is no such region or `month` is not `YYYY-MM`. */
export async function monthOf(
  db: Database,
  region: string,
  month: string,
  asOf: Instant,
): Promise<MonthReport | null> {
  return withScope(db, { region }, async (tx) => {
    const home = await tx
      .selectFrom('region')
      .innerJoin('sync_clock', 'sync_clock.region_id', 'region.region_id')
      .select(['name', 'time_zone', 'v'])
      .where('region.region_id', '=', region)
      .executeTakeFirst();
    if (home === undefined) return null;
    const period = monthPeriod(month, home.time_zone);
    const before = monthPeriod(monthBefore(month), home.time_zone);
    if (period === null || before === null) return null;
    const reference = await factsAt(tx, region, home.v, new Map());
    const directory = await directoryOf(tx, home, region, reference);
    const facts = await factsBetween(tx, region, before, period, reference);
    return monthReport(facts, period, before, directory, asOf);
  });
}

async function directoryOf(
  tx: ScopedTransaction,
  home: { readonly name: string; readonly time_zone: string },
  region: string,
  reference: ReferenceFacts,
): Promise<ReportDirectory> {
  const rows = await readReference(tx, region, 'municipality');
  const population = new Map(
    rows
      .map(({ row }) => municipalitySchema.parse(row))
      .map((one) => [one.name, one.population?.count ?? null]),
  );
  return {
    region,
    regionName: home.name,
    timeZone: home.time_zone,
    agencyName: (id) => reference.agencies.get(id)?.name ?? id,
    population: (name) => population.get(name) ?? null,
  };
}

/** Facts of whatever was received in either period, or received before and not closed before they began. */
async function factsBetween(
  tx: ScopedTransaction,
  region: string,
  before: Period,
  period: Period,
  reference: ReferenceFacts,
): Promise<readonly Facts[]> {
  const facts: Facts[] = [];
  for (let after = ''; ;) {
    const page = await tx
      .selectFrom('incident')
      .select(['id', 'row'])
      .where('region_id', '=', region)
      .where('created_at', '<', period.end)
      .where((is) =>
        is.or([
          is('created_at', '>=', before.start),
          is('closed_at', 'is', null),
          is('closed_at', '>=', before.start),
        ]),
      )
      .$if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { row } of page) facts.push(factsOf(row as unknown as Incident, reference));
    if (page.length < PAGE) return facts;
    after = page.at(-1)?.id ?? '';
  }
}

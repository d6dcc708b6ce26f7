import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import { isSensible } from '#shared/domain/instant.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { factsOf, type Facts } from '#shared/report/facts/facts.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { agencyHoursMark } from '#server/sync/agency-hours-mark.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { factsText, upsertFacts } from './fact-columns.ts';
import { dayEntry, enterDays, readEntered, type DayEntry } from './fact-days.ts';

/** Incidents judged at a time. */
const PAGE = 4000;

/**
 * Brings a region's facts and their sums by day up to its revision, a page at a time; a changed calendar,
 * policy or zone makes all of them anew. Free when nothing has changed. A page is read in one transaction,
 * judged while none is open, and written in another, unless somebody else has projected meanwhile: then it is
 * read again. `onPage` is told how many were done.
 */
export async function projectFacts(
  db: Database,
  region: string,
  zone: ZoneName,
  onPage: (done: number) => void = () => undefined,
): Promise<void> {
  for (let done = 0; ;) {
    const page = await withScope(db, { region }, (tx) => readPage(tx, region, zone));
    if (page === null) return;
    const entry = entryOf(page, zone);
    const isStored = await withScope(db, { region }, (tx) => storePage(tx, region, zone, page, entry));
    if (!isStored) continue;
    done += page.incidents.length;
    onPage(done);
    if (page.isLast) return;
  }
}

/** Until the transaction ends nobody else projects this region, or reads it while it is half done. */
export const lockFacts = async (
  tx: ScopedTransaction,
  region: string,
  mode: 'write' | 'read',
): Promise<void> => {
  const key = sql`hashtextextended(${`facts:${region}`}, 0)`;
  await (
    mode === 'write'
      ? sql`select pg_advisory_xact_lock(${key})`
      : sql`select pg_advisory_xact_lock_shared(${key})`
  ).execute(tx);
};

/** Incidents that have changed since the facts were brought up to revision `from`. */
interface FactPage {
  readonly from: number;
  /** Revision up to which the facts are once these are stored. */
  readonly upTo: number;
  readonly isLast: boolean;
  readonly judgedV: number;
  readonly reference: CentreSettings;
  readonly incidents: readonly { readonly id: string; readonly incident: Incident }[];
  /** Packed facts of these incidents that the sums by day hold; none when all facts are made anew. */
  readonly before: readonly string[];
}

/** Null when nothing has changed: that is how most summaries find it, and then nothing else is read. */
async function readPage(tx: ScopedTransaction, region: string, zone: ZoneName): Promise<FactPage | null> {
  await lockFacts(tx, region, 'read');
  const judgedV = await judgesRevision(tx, region);
  const from = (await projectedTo(tx, region, judgedV, zone)) ?? 0;
  const page = await tx
    .selectFrom('incident')
    .select(['id', 'v', 'row'])
    .where('region_id', '=', region)
    .where('v', '>', from)
    .orderBy('v')
    .limit(PAGE)
    .execute();
  if (page.length === 0) return null;
  // A revision is taken whole: what a full page may have cut off its last one comes with the next page.
  const last = page.at(-1)?.v ?? from;
  const whole = page.length === PAGE ? page.filter(({ v }) => v < last) : page;
  const incidents = whole.map(({ id, row }) => ({ id, incident: row as unknown as Incident }));
  return {
    from,
    upTo: whole.at(-1)?.v ?? from,
    isLast: page.length < PAGE,
    judgedV,
    reference: await currentSettings(tx, region),
    incidents,
    before:
      from === 0
        ? []
        : await readEntered(
            tx,
            region,
            incidents.map(({ id }) => id),
          ),
  };
}

/** A page's facts and sums as the statements take them. */
interface Entry {
  readonly facts: string;
  /** Ids of incidents whose rows cannot be read: there are no facts of them. */
  readonly unread: readonly string[];
  readonly days: DayEntry;
}

/** Facts of a page. A row that another version wrote, or a hand has spoilt, holds up no others. */
function entryOf({ incidents, reference, before }: FactPage, zone: ZoneName): Entry {
  const facts: Facts[] = [];
  const unread: string[] = [];
  for (const { id, incident } of incidents) {
    const read = readableFacts(id, incident, reference);
    if (read === null) unread.push(id);
    else facts.push(read);
  }
  return { facts: factsText(facts), unread, days: dayEntry(facts, before, zone) };
}

function readableFacts(id: string, incident: Incident, reference: CentreSettings): Facts | null {
  try {
    const facts = factsOf(incident, reference);
    return facts.id === id && isSensible(facts.createdAt) ? facts : null;
  } catch {
    return null;
  }
}

/** Stores a page unless the facts have moved on since it was read; tells whether it did. */
async function storePage(
  tx: ScopedTransaction,
  region: string,
  zone: ZoneName,
  { from, upTo: v, judgedV }: FactPage,
  { facts, unread, days }: Entry,
): Promise<boolean> {
  await lockFacts(tx, region, 'write');
  if ((await judgesRevision(tx, region)) !== judgedV) return false;
  const now = await projectedTo(tx, region, judgedV, zone);
  if ((now ?? 0) !== from) return false;
  if (now === null) await emptyFacts(tx, region);
  await enterDays(tx, region, days);
  if (unread.length > 0)
    await tx.deleteFrom('incident_fact').where('region_id', '=', region).where('id', 'in', unread).execute();
  await upsertFacts(tx, region, facts);
  await tx
    .insertInto('fact_clock')
    .values({ region_id: region, v, judged_v: judgedV, zone })
    .onConflict((is) => is.column('region_id').doUpdateSet({ v, judged_v: judgedV, zone }))
    .execute();
  return true;
}

/**
 * Up to which revision facts are there; null when there are none, or those there were judged otherwise or
 * belong to other days.
 */
async function projectedTo(
  tx: ScopedTransaction,
  region: string,
  judgedV: number,
  zone: ZoneName,
): Promise<number | null> {
  const clock = await tx
    .selectFrom('fact_clock')
    .selectAll()
    .where('region_id', '=', region)
    .executeTakeFirst();
  return clock?.judged_v === judgedV && clock.zone === zone ? clock.v : null;
}

async function emptyFacts(tx: ScopedTransaction, region: string): Promise<void> {
  for (const table of ['incident_fact', 'fact_day', 'fact_topic'] as const)
    await tx.deleteFrom(table).where('region_id', '=', region).execute();
}

/**
 * A number that changes with what facts are judged by: the newest calendar or policy, and the agencies'
 * hours; 0 while a region works by the defaults.
 */
async function judgesRevision(tx: ScopedTransaction, region: string): Promise<number> {
  const { v, hours } = await tx
    .selectFrom('reference')
    .select((is) => [is.fn.coalesce(is.fn.max('v'), is.lit(0)).as('v'), agencyHoursMark(region).as('hours')])
    .where('region_id', '=', region)
    .where('kind', 'in', ['calendar', 'policy'])
    .executeTakeFirstOrThrow();
  return (Number(v) + Number(hours)) % Number.MAX_SAFE_INTEGER;
}

/** Puts facts, and what they add to the sums by day, in place of what was there of the same incidents. */
export async function storeFacts(
  tx: ScopedTransaction,
  region: string,
  facts: readonly Facts[],
  zone: ZoneName,
): Promise<void> {
  const before = await readEntered(
    tx,
    region,
    facts.map(({ id }) => id),
  );
  await enterDays(tx, region, dayEntry(facts, before, zone));
  await upsertFacts(tx, region, factsText(facts));
}

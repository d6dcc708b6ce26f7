import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { burningEdges } from '#shared/domain/deadline.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { findDeadlineOccasions, findEventOccasions, findPromiseOccasions } from './find-occasions.ts';
import {
  readReaders,
  recipientsOf,
  type NoticeOccasion,
  type NoticeReader,
  type WaysOn,
} from './recipients.ts';

/** Revisions looked through in one transaction. */
const BATCH = 500;
/** Rows written by one statement. */
const AT_ONCE = 500;

interface Place {
  readonly seen: number;
  readonly since: Instant;
  readonly head: number;
  readonly on: WaysOn;
}

/** A region tells people by mail, by bots, or not at all. */
const TELLS = sql<boolean>`(is_on or bots_on)`;

/** How far a region was looked through, its row locked; null while it sends no notices. */
async function lockPlace(tx: ScopedTransaction, region: string): Promise<Place | null> {
  const setting = await tx
    .selectFrom('mail_setting')
    .select(['seen_v', 'told_since', 'is_on', 'bots_on'])
    .where('region_id', '=', region)
    .where(TELLS)
    .forUpdate()
    .executeTakeFirst();
  if (setting === undefined) return null;
  const { v: head } = await tx
    .selectFrom('sync_clock')
    .select('v')
    .where('region_id', '=', region)
    .executeTakeFirstOrThrow();
  const { seen_v: seen, told_since: since, is_on: mail, bots_on: bot } = setting;
  return { seen, since, head, on: { mail, bot } };
}

/** Tells whether a region sends notices at all: where it does not, nothing else is asked. */
const isTelling = (db: Database, region: string): Promise<boolean> =>
  withScope(db, { region }, async (tx) => {
    const found = await tx
      .selectFrom('mail_setting')
      .select('region_id')
      .where('region_id', '=', region)
      .where(TELLS)
      .executeTakeFirst();
    return found !== undefined;
  });

/** Keeps whom what is to be told; what is kept already stays as it is. */
async function keep(
  tx: ScopedTransaction,
  region: string,
  {
    occasions,
    readers,
    now,
  }: { occasions: readonly NoticeOccasion[]; readers: readonly NoticeReader[]; now: Instant },
): Promise<void> {
  const rows = occasions.flatMap((occasion) =>
    recipientsOf(occasion, readers).map(({ id: account, way }) => ({
      region_id: region,
      id: uuidv7(),
      account_id: account,
      way,
      kind: occasion.kind,
      incident_id: occasion.incident,
      mark: occasion.mark,
      made_at: now,
    })),
  );
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await tx
      .insertInto('notice')
      .values(rows.slice(from, from + AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['region_id', 'account_id', 'way', 'kind', 'incident_id', 'mark']).doNothing(),
      )
      .execute();
}

/** Looks through some of what happened since; false when nothing is left. */
const lookThroughEvents = (db: Database, region: string, now: Instant): Promise<boolean> =>
  withScope(db, { region }, async (tx) => {
    const place = await lockPlace(tx, region);
    if (place === null || place.head === place.seen) return false;
    // Behind its own head after the database was put back: then all that is there is known.
    const to = Math.min(place.head, place.seen + BATCH);
    const readers = await readReaders(tx, region, { on: place.on, now });
    if (readers.length > 0) {
      const occasions = await findEventOccasions(tx, region, place.seen, to);
      await keep(tx, region, { occasions, readers, now });
    }
    await tx.updateTable('mail_setting').set({ seen_v: to }).where('region_id', '=', region).execute();
    return to < place.head;
  });

interface Day {
  readonly zone: string;
  readonly burns: ReturnType<typeof burningEdges>;
  /** The latest moment that `burns` can give. */
  readonly latest: Instant;
}

/** Reads and computes what deadlines are judged by: apart from the transaction that looks at them. */
async function readDay(db: Database, region: string, now: Instant): Promise<Day> {
  const { settings, zone } = await withScope(db, { region }, async (tx) => {
    const settings = await currentSettings(tx, region);
    const row = await tx
      .selectFrom('region')
      .select('time_zone')
      .where('region_id', '=', region)
      .executeTakeFirstOrThrow();
    return { settings, zone: row.time_zone };
  });
  const { calendar, policies } = settings;
  const burns = burningEdges(settings, now);
  const hours = [null, ...calendar.agencyWeeks.keys()];
  const edges = [null, ...policies].flatMap((policy) =>
    hours.map((agency) => burns(policy?.id ?? null, agency)),
  );
  return { zone, burns, latest: Math.max(...edges) };
}

/** Deadlines and promises follow from the incidents as they are: looked at anew each time. */
async function lookAtDays(db: Database, region: string, now: Instant): Promise<void> {
  const { zone, burns, latest } = await readDay(db, region, now);
  await withScope(db, { region }, async (tx) => {
    const place = await lockPlace(tx, region);
    const readers = place === null ? [] : await readReaders(tx, region, { on: place.on, now });
    if (place === null || readers.length === 0) return;
    const occasions = [
      ...(await findDeadlineOccasions(tx, region, { burns, latest, since: place.since, now })),
      ...(await findPromiseOccasions(tx, region, zone, now)),
    ];
    await keep(tx, region, { occasions, readers, now });
  });
}

/**
 * Notes what people of a region are to be told of, each thing once for each of them: revisions commit in the
 * order of their numbers, so none appears behind the one that was reached, and what follows from the state of
 * an incident is kept under what makes it another thing. Any number of processes may do it at once.
 */
export async function makeNotices(
  db: Database,
  region: string,
  now: () => Instant,
  signal: AbortSignal,
): Promise<void> {
  if (!(await isTelling(db, region))) return;
  while (await lookThroughEvents(db, region, now())) signal.throwIfAborted();
  await lookAtDays(db, region, now());
}

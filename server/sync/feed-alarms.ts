import { sql } from 'kysely';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { IMPORT_ACTOR } from '#shared/exchange/context.ts';
import type { FeedAlarm } from '#shared/protocol/feed-alarms.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

const MB = 1024 * 1024;

/**
 * Bytes of rows as JSON that one account, page, partner or import adds to a region's feed in 24 hours without
 * an alarm. Packed, 1 MB of rows is some 150 KB (BYTES_PER_REVISION), so this is 15 MB: half an hour of a
 * console's line of 64 kbit/s, which carries 690 MB a day in all; three and a half hours where texts do not
 * pack. An operator who is busy all day adds 5 MB (a thousand acts on rows of 5 KB).
 */
export const FEED_BYTES_A_DAY = 100 * MB;

const ACTION = 'feed_swelled';

interface Swelling {
  readonly actor: string;
  readonly bytes: number;
  /** When the bound had been passed. */
  readonly since: Instant;
}

/** Who added more than the bound to the feed since this moment. */
const swellingSince = (region: string, from: Instant) => sql<Swelling>`
  with day as (
    select l.actor, l.bytes, r.at,
      sum(l.bytes) over (partition by l.actor order by l.v rows unbounded preceding) as so_far
    from revision r join change_log l on l.region_id = r.region_id and l.v = r.v
    where r.region_id = ${region} and r.at > ${from} and l.actor is not null)
  select actor, sum(bytes)::bigint as bytes, min(at) filter (where so_far > ${FEED_BYTES_A_DAY}) as since
  from day group by actor having sum(bytes) > ${FEED_BYTES_A_DAY} order by actor`;

/** Notes in the audit log who swells the region's feed, each once in 24 hours. Gives how many are new. */
export async function noteSwelling(db: Database, region: string, now: Instant): Promise<number> {
  const from = now - MS_PER_DAY;
  return withScope(db, { region }, async (tx) => {
    const { rows } = await swellingSince(region, from).execute(tx);
    if (rows.length === 0) return 0;
    const told = new Set((await notedSince(tx, region, from)).map(({ actor }) => actor));
    const news = rows.filter(({ actor }) => !told.has(actor));
    for (const { actor, ...swelled } of news) {
      const detail = { ...swelled, limit: FEED_BYTES_A_DAY };
      await writeAudit(tx, region, { at: now, actor, action: ACTION, address: '', detail });
    }
    return news.length;
  });
}

type Noted = Omit<FeedAlarm, 'kind' | 'name'> & { readonly name: string | null };

async function notedSince(tx: ScopedTransaction, region: string, from: Instant): Promise<readonly Noted[]> {
  const { rows } = await sql<Noted>`
    select l.actor, l.at, (l.detail ->> 'bytes')::bigint as bytes, (l.detail ->> 'since')::bigint as since,
      (l.detail ->> 'limit')::bigint as limit, coalesce(a.display_name, c.name, p.name) as name
    from audit l
      left join account a on a.region_id = l.region_id and a.id = l.actor
      left join channel c on c.region_id = l.region_id and 'channel:' || c.id::text = l.actor
      left join partner p on p.region_id = l.region_id and 'partner:' || p.id::text = l.actor
    where l.region_id = ${region} and l.at > ${from} and l.action = ${ACTION}
    order by l.at desc, l.actor limit 100`.execute(tx);
  return rows;
}

function kindOf(actor: string): FeedAlarm['kind'] {
  if (actor.startsWith('channel:')) return 'channel';
  if (actor.startsWith('partner:')) return 'partner';
  return actor === IMPORT_ACTOR ? 'import' : 'account';
}

/** Reads who was noted in the last 24 hours, with names, newest first. */
export const readFeedAlarms = (db: Database, region: string, now: Instant): Promise<FeedAlarm[]> =>
  withScope(db, { region }, async (tx) =>
    (await notedSince(tx, region, now - MS_PER_DAY)).map(({ name, ...noted }) => ({
      ...noted,
      kind: kindOf(noted.actor),
      name: name ?? noted.actor,
    })),
  );

import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { ChannelHealth } from '#shared/protocol/channels.ts';
import { withScope, type Database } from '#server/store/database.ts';

/** Events whose rhythm is looked at; of fewer than MIN_GAPS nothing is concluded. */
const LOOKED_AT = 1000;
const MIN_GAPS = 20;
/** Nobody is told of less, however busy a page is. */
const MIN_SILENCE_MS = 60 * 60_000;

/** Asked for by every console every minute, and seldom different. */
const KEPT_MS = 15_000;

interface Row {
  readonly id: string;
  readonly last_event_at: Instant | null;
  readonly delay_ms: number | null;
  readonly gaps: number;
  readonly usual: number | null;
  readonly limit_until: Instant | null;
  readonly needs_you: number;
  readonly unread: number;
}

/**
 * When a page was last heard of. Storing an event does not touch the page's row, for which others would wait;
 * reading it does, and the event itself may go with time.
 */
export const lastEventAt = (
  channel: string,
) => sql<Instant | null>`greatest(${sql.ref(`${channel}.last_event_at`)}, (
    select received_at from channel_event e
    where e.region_id = ${sql.ref(`${channel}.region_id`)} and e.channel_id = ${sql.ref(`${channel}.id`)}
      order by seq desc limit 1))`;

const HEALTH_SQL = (region: string) => sql<Row>`
  select c.id, ${lastEventAt('c')} as last_event_at, c.delay_ms, g.gaps, g.usual, s.limit_until,
    coalesce(s.needs_you, 0) as needs_you,
    (select count(*)::int from channel_event u
      where u.region_id = c.region_id and u.channel_id = c.id and u.state in ('failed', 'unknown')) as unread
  from channel c
  cross join lateral (
    select count(gap)::int as gaps, (array_agg(gap order by gap desc))[2] as usual from (
      select e.received_at - lag(e.received_at) over (order by e.received_at) as gap from (
        select received_at from channel_event
        where region_id = c.region_id and channel_id = c.id and key not like 'read:%'
        order by seq desc limit ${LOOKED_AT}) e) gaps where gap is not null) g
  left join lateral (
    select max(not_before) filter (where state = 'waiting') as limit_until,
      count(*) filter (where state in ('possibly_sent', 'needs_you'))::int as needs_you
    from reply_send r where r.region_id = c.region_id and r.channel_id = c.id and r.state not in ('sent',
      'cancelled')) s on true
  where c.region_id = ${region}`;

/**
 * Since when a page has been silent, if that is unusual for it: twice its longest silence but one. But one,
 * so that an outage does not make the next one look usual.
 */
export function silentSince(
  { last_event_at: last, gaps, usual }: Pick<Row, 'last_event_at' | 'gaps' | 'usual'>,
  now: Instant,
): Instant | null {
  if (last === null || usual === null || gaps < MIN_GAPS) return null;
  return now - last > Math.max(MIN_SILENCE_MS, 2 * usual) ? last : null;
}

const healthOf = (row: Row, now: Instant): ChannelHealth => ({
  delayMs: row.delay_ms,
  silentSince: silentSince(row, now),
  limitUntil: row.limit_until !== null && row.limit_until > now ? row.limit_until : null,
  needsYou: row.needs_you,
  unread: row.unread,
});

/** How the pages of a region fare, by id; some seconds old at most. */
export class PageHealthReader {
  readonly #db: Database;
  readonly #now: () => Instant;
  readonly #kept = new Map<string, { readonly at: Instant; readonly rows: Promise<readonly Row[]> }>();

  constructor(db: Database, now: () => Instant) {
    this.#db = db;
    this.#now = now;
  }

  /** Throws what the database throws. */
  async read(region: string): Promise<ReadonlyMap<string, ChannelHealth>> {
    const now = this.#now();
    const rows = await this.#rows(region, now);
    return new Map(rows.map((row) => [row.id, healthOf(row, now)]));
  }

  /** Something was done about a region's pages: who asks next is told of it. */
  forget(region: string): void {
    this.#kept.delete(region);
  }

  #rows(region: string, now: Instant): Promise<readonly Row[]> {
    const kept = this.#kept.get(region);
    if (kept !== undefined && now - kept.at < KEPT_MS) return kept.rows;
    const rows = withScope(this.#db, { region }, async (tx) => (await HEALTH_SQL(region).execute(tx)).rows);
    this.#kept.set(region, { at: now, rows });
    // What failed is not kept: the next one asks anew.
    rows.catch(() => this.#kept.delete(region));
    return rows;
  }
}

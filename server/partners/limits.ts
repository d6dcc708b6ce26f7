import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { networkOf } from '#server/net/network-of.ts';
import { Open311Failure } from './failures.ts';

/** A partner's calls: so many at once, and then one in so long. */
const BURST = 100;
const GAP_MS = 250;

/** Calls in a minute from one address of somebody without a key that is known. */
const STRANGER_CALLS = 60;
const MINUTE_MS = 60_000;
const MAX_NETWORKS = 20_000;

/**
 * Takes a partner's turn, by the database's clock: all API processes count together. `next_at` runs ahead of
 * now by a gap for each call, at most by a burst. Throws Open311Failure.
 */
export async function takePartnerTurn(tx: ScopedTransaction, region: string, partner: string): Promise<void> {
  const now = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
  const { rows } = await sql<{ ahead: number }>`
    insert into rate_limit (region_id, token_key, next_at) values (${region}, ${`intake:${partner}`},
      ${now} + ${GAP_MS}::int)
    on conflict (region_id, token_key) do update
      set next_at = least(greatest(rate_limit.next_at, ${now}) + ${GAP_MS}::int,
        ${now} + ${(BURST + 1) * GAP_MS}::int)
    returning next_at - ${now} as ahead`.execute(tx);
  const { ahead } = must(rows[0], 'an upsert gives its row');
  if (ahead > BURST * GAP_MS) throw new Open311Failure('too_many', '', 1);
}

/** Turns of strangers, in this process alone: their flood must not reach the database. */
export class StrangerLimit {
  readonly #calls = new Map<string, { count: number; since: Instant }>();

  /** Counts a call. Throws Open311Failure when there were too many in this minute. */
  take(address: string, now: Instant): void {
    const network = networkOf(address);
    const known = this.#calls.get(network);
    const calls = known !== undefined && now - known.since < MINUTE_MS ? known : { count: 0, since: now };
    calls.count += 1;
    // A map keeps the order of its writing: the first has been silent the longest.
    this.#calls.delete(network);
    this.#calls.set(network, calls);
    const [eldest] = this.#calls.size > MAX_NETWORKS ? this.#calls.keys() : [];
    if (eldest !== undefined) this.#calls.delete(eldest);
    if (calls.count > STRANGER_CALLS)
      throw new Open311Failure('too_many', '', Math.ceil((calls.since + MINUTE_MS - now) / 1000));
  }

  /** The caller turned out to have a key. */
  forgive(address: string): void {
    const calls = this.#calls.get(networkOf(address));
    if (calls !== undefined) calls.count -= 1;
  }
}

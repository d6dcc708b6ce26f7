import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '#shared/domain/must.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { hashOfText } from './hash-of-text.ts';
import type { TokenPace } from './connector.ts';

/**
 * Turns of a token (known there by its hash alone), given out by the database and by its clock: however many
 * processes there are, they share them.
 */
export function paceOf(db: Database, region: string): TokenPace {
  return async (token, perSecond) => {
    const gap = Math.ceil(1000 / perSecond);
    const wait = await withScope(db, { region }, async (tx) => {
      const now = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
      const { rows } = await sql<{ wait: number }>`
        insert into rate_limit (region_id, token_key, next_at) values (${region}, ${hashOfText(token)},
          ${now} + ${gap}::int)
        on conflict (region_id, token_key) do update set next_at = greatest(rate_limit.next_at,
          ${now}) + ${gap}::int
        returning next_at - ${gap}::int - ${now} as wait`.execute(tx);
      return must(rows[0], 'a turn').wait;
    });
    if (wait > 0) await sleep(wait);
  };
}

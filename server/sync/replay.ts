import { sql } from 'kysely';
import type { ScopedTransaction } from '#server/store/database.ts';

/** A decided command offered under a new client id and seq. */
export interface Replay {
  readonly clientId: string;
  readonly seq: number;
  readonly commandId: string;
}

/**
 * Counts the command for its new client and puts the outcome into that client's feed. The clock last, as in
 * store-statement.ts.
 */
export async function storeReplay(
  tx: ScopedTransaction,
  region: string,
  { clientId, seq, commandId }: Replay,
): Promise<void> {
  await sql`
    with clock as (update sync_clock set v = v + 1 where region_id = ${region} returning v),
    counted as (update sync_client set last_seq = ${seq} where region_id = ${region}
      and client_id = ${clientId})
    insert into sync_replay (region_id, client_id, seq, command_id, v) select ${region}, ${clientId}::uuid,
      ${seq}::int, ${commandId}::uuid, clock.v from clock`.execute(tx);
}

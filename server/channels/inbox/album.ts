import type { ExpressionBuilder } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { Schema } from '#server/store/schema.ts';
import type { RawEvent } from '#server/channels/networks/connector.ts';

/** Parts of an album come within a moment; read before the last one, it would be told twice. */
const COMPLETE_MS = 2000;

/** Events that may be read now: all but the parts of an album of which more may be coming. */
export const isComplete = (now: Instant) => (eb: ExpressionBuilder<Schema, 'channel_event'>) =>
  eb.or([eb('album', 'is', null), eb('received_at', '<=', now - COMPLETE_MS)]);

/** All stored events that bring the same message as this one, in their order; none when it comes whole. */
export async function albumOf(
  tx: ScopedTransaction,
  region: string,
  event: { readonly channel_id: string; readonly album: string | null },
): Promise<RawEvent[]> {
  if (event.album === null) return [];
  return tx
    .selectFrom('channel_event')
    .select(['key', 'kind', 'raw', 'album'])
    .where('region_id', '=', region)
    .where('channel_id', '=', event.channel_id)
    .where('album', '=', event.album)
    .orderBy('seq')
    .execute();
}

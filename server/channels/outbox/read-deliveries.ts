import type { z } from 'zod';
import type { replySendSchema } from '#shared/protocol/channels.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

type ReplyDeliveryView = z.infer<typeof replySendSchema>;

const MAX_LISTED = 200;

/** Replies with the page they go out from. */
const deliveryRows = (tx: ScopedTransaction, region: string) =>
  tx
    .selectFrom('reply_send as r')
    .innerJoin('channel as c', (join) =>
      join.onRef('c.region_id', '=', 'r.region_id').onRef('c.id', '=', 'r.channel_id'),
    )
    .where('r.region_id', '=', region)
    .select([
      'r.id',
      'r.incident_id as incident',
      'r.origin',
      'r.reply',
      'c.network',
      'c.name as page',
      'r.author',
      'r.state',
      'r.not_before as notBefore',
      'r.problem',
      'r.link',
    ]);

/**
 * How far the replies of an incident have come: its own, and what its author gets as one of those merged into
 * another.
 */
export async function readReplyDeliveries(
  db: Database,
  region: string,
  incident: string,
): Promise<ReplyDeliveryView[]> {
  return withScope(db, { region }, (tx) =>
    deliveryRows(tx, region)
      .where((eb) => eb.or([eb('r.incident_id', '=', incident), eb('r.origin', '=', incident)]))
      .orderBy('r.reply')
      .orderBy((eb) => eb('r.origin', '!=', eb.ref('r.incident_id')))
      .orderBy('r.author')
      .orderBy('r.id')
      .execute(),
  );
}

/** Replies of a region that are on their way or wait for a person, those first that have waited longest. */
export async function readUnsentDeliveries(db: Database, region: string): Promise<ReplyDeliveryView[]> {
  return withScope(db, { region }, (tx) =>
    deliveryRows(tx, region)
      .where('r.state', 'not in', ['sent', 'cancelled'])
      .orderBy('r.not_before')
      .limit(MAX_LISTED)
      .execute(),
  );
}

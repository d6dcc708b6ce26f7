import type { SettleReply } from '#shared/protocol/channels.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { lockIncidents } from '#server/sync/store-changes.ts';
import type { Outbox } from './outbox.ts';
import type { ReplyDelivery } from './reply-delivery.ts';
import { recordWhenDone } from './complete-reply.ts';

type Fields = Partial<Pick<ReplyDelivery, 'state' | 'link' | 'problem' | 'not_before'>>;

/** A reply that is on its way at this moment is nobody's to touch. */
const ENDED_BY_PERSON: readonly ReplyDelivery['state'][] = [
  'possibly_sent',
  'needs_you',
  'waiting',
  'cancelled',
];
const NOT_SENT_YET: readonly ReplyDelivery['state'][] = ['queued', 'waiting', 'needs_you', 'possibly_sent'];

async function rowOf(tx: ScopedTransaction, region: string, id: string): Promise<ReplyDelivery | undefined> {
  return tx
    .selectFrom('reply_send')
    .selectAll()
    .where('region_id', '=', region)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A person's word about a reply: `by` is the person. */
interface DeliveryKey {
  readonly region: string;
  readonly id: string;
  readonly by: string;
}

async function change(
  outbox: Outbox,
  { region, id, by }: DeliveryKey,
  from: readonly ReplyDelivery['state'][],
  fields: Fields,
): Promise<boolean> {
  return withScope(outbox.db, { region }, async (tx) => {
    const found = await rowOf(tx, region, id);
    if (found === undefined) return false;
    const { incident_id: incident, reply } = found;
    await lockIncidents(tx, region, [incident]);
    const now = outbox.now();
    const { numUpdatedRows } = await tx
      .updateTable('reply_send')
      .set({ ...fields, changed_at: now })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await recordWhenDone(tx, { region, incident, reply, by, now });
    return true;
  });
}

/** Ends a reply that Pult cannot end alone, or has it sent again. False when it is too late for that. */
export const settleReply = (outbox: Outbox, word: DeliveryKey, settle: SettleReply): Promise<boolean> =>
  change(
    outbox,
    word,
    ENDED_BY_PERSON,
    settle.as === 'sent'
      ? { state: 'sent', link: settle.link, problem: null }
      : { state: 'queued', not_before: outbox.now(), problem: null },
  );

/** Takes a reply back that has not been sent. False when it is too late. */
export const cancelReply = (outbox: Outbox, region: string, id: string, by = 'channel'): Promise<boolean> =>
  change(outbox, { region, id, by }, NOT_SENT_YET, { state: 'cancelled' });

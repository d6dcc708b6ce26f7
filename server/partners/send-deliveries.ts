import type { Selectable } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { UnsafeAddress } from '#server/net/safe-address.ts';
import { safeRequest } from '#server/net/safe-request.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { PartnerDeliveryTable } from '#server/store/channel-tables.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import type { Partners } from './partners.ts';
import { signatureOf } from './sign.ts';

type PartnerDelivery = Selectable<PartnerDeliveryTable>;

const MINUTE = 60_000;
/** Pauses after failed attempts, about two days in all; after the last one only a person tries again. */
const PAUSES = [
  10_000,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * 60 * MINUTE,
  6 * 60 * MINUTE,
  15 * 60 * MINUTE,
  24 * 60 * MINUTE,
];
/**
 * A sender that says nothing for so long is dead; its message goes out again, and the partner knows the
 * repeat by its id.
 */
const STUCK_MS = MINUTE;
const TIMEOUT_MS = 10_000;
/** Nothing of an answer is needed but its status. */
const MAX_ANSWER = 64 * 1024;

async function revive(tx: ScopedTransaction, region: string, partner: string, now: Instant): Promise<void> {
  await tx
    .updateTable('partner_delivery')
    .set({ state: 'queued', changed_at: now })
    .where('region_id', '=', region)
    .where('partner_id', '=', partner)
    .where('state', '=', 'sending')
    .where('changed_at', '<=', now - STUCK_MS)
    .execute();
}

/** The next message to a partner whose time has come, marked as being sent, and where it goes. */
async function leaseDelivery(
  partners: Partners,
  region: string,
  partner: string,
): Promise<(PartnerDelivery & { readonly url: string }) | null> {
  const now = partners.now();
  return withScope(partners.db, { region }, async (tx) => {
    await revive(tx, region, partner, now);
    const row = await tx
      .selectFrom('partner_delivery as d')
      .innerJoin('partner as p', (join) =>
        join.onRef('p.region_id', '=', 'd.region_id').onRef('p.id', '=', 'd.partner_id'),
      )
      .selectAll('d')
      .select('p.webhook_url as url')
      .where('d.region_id', '=', region)
      .where('d.partner_id', '=', partner)
      .where('d.state', 'in', ['queued', 'waiting'])
      .where('d.not_before', '<=', now)
      .where('p.revoked_at', 'is', null)
      .orderBy('d.seq')
      .limit(1)
      .forUpdate('d')
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined || row.url === null) return null;
    const attempts = row.attempts + 1;
    await mark(tx, row, { state: 'sending', changed_at: now, attempts });
    return { ...row, url: row.url, attempts };
  });
}

async function mark(
  tx: ScopedTransaction,
  { region_id, id }: PartnerDelivery,
  fields: Partial<PartnerDelivery>,
): Promise<void> {
  await tx
    .updateTable('partner_delivery')
    .set(fields)
    .where('region_id', '=', region_id)
    .where('id', '=', id)
    .execute();
}

/** Null when the partner took it, else what stood in the way. Words of the answer are not kept. */
async function send(
  partners: Partners,
  row: PartnerDelivery & { readonly url: string },
): Promise<string | null> {
  const timestamp = Math.floor(partners.now() / 1000);
  const secret = partners.secretOf(row.region_id, row.partner_id);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'pult-delivery': row.id,
    'pult-event': row.event,
    'pult-timestamp': String(timestamp),
    'pult-signature': `v1=${signatureOf({ secret, timestamp, body: row.body })}`,
  };
  try {
    const call = {
      url: row.url,
      method: 'POST',
      headers,
      body: row.body,
      allowed: partners.allowed,
    } as const;
    const { status } = await safeRequest({ ...call, timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER });
    return status >= 200 && status < 300 ? null : `http:${status}`;
  } catch (error) {
    return error instanceof UnsafeAddress ? error.reason : 'unreachable';
  }
}

function outcomeOf(problem: string | null, attempts: number, now: Instant): Partial<PartnerDelivery> {
  if (problem === null) return { state: 'sent', problem };
  const pause = PAUSES[attempts - 1];
  return pause === undefined
    ? { state: 'dead', problem }
    : { state: 'waiting', problem, not_before: now + pause };
}

/**
 * Sends a partner what is due, in order, until nothing is, or one message fails: what is down will not take
 * the next one either.
 */
export async function sendDeliveries(
  partners: Partners,
  region: string,
  partner: string,
  stopping?: AbortSignal,
): Promise<void> {
  while (stopping?.aborted !== true) {
    const row = await leaseDelivery(partners, region, partner);
    if (row === null) return;
    const problem = await send(partners, row);
    const now = partners.now();
    const fields = { ...outcomeOf(problem, row.attempts, now), changed_at: now };
    await withRetries(() => withScope(partners.db, { region }, (tx) => mark(tx, row, fields)));
    if (problem !== null) return;
  }
}

/**
 * Has a message that was given up, or waits, sent once more from the beginning. False when there is nothing
 * to send again.
 */
export async function resendDelivery(
  partners: Partners,
  region: string,
  partner: string,
  id: string,
): Promise<boolean> {
  const now = partners.now();
  const { numUpdatedRows } = await withScope(partners.db, { region }, (tx) =>
    tx
      .updateTable('partner_delivery')
      .set({ state: 'queued', attempts: 0, not_before: now, changed_at: now })
      .where('region_id', '=', region)
      .where('partner_id', '=', partner)
      .where('id', '=', id)
      .where('state', 'in', ['dead', 'waiting'])
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

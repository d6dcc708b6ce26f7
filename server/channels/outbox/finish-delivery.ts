import type { Page, SendResult } from '#server/channels/networks/connector.ts';
import { withScope } from '#server/store/database.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { lockIncidents } from '#server/sync/store-changes.ts';
import { recordWhenDone } from './complete-reply.ts';
import type { Outbox } from './outbox.ts';
import { markDelivery, type ReplyDelivery } from './reply-delivery.ts';

/** Before an unclear attempt is made again, where the network knows repeats. */
const AGAIN_MS = 30_000;

/** The row's fields after an attempt. */
function fieldsAfter(result: SendResult, knowsRepeats: boolean, now: number): Partial<ReplyDelivery> {
  switch (result.kind) {
    case 'sent':
      return { state: 'sent', link: result.link, problem: null };
    case 'wait':
      return { state: 'waiting', not_before: now + result.ms, problem: result.problem };
    case 'needs_you':
      return { state: 'needs_you', problem: result.problem };
    case 'unclear':
      return knowsRepeats
        ? { state: 'waiting', not_before: now + AGAIN_MS, problem: result.problem }
        : { state: 'possibly_sent', problem: result.problem };
    default:
      return result satisfies never;
  }
}

/** Writes down how an attempt ended; a reply that was sent is recorded as published. */
export async function finishDelivery(
  outbox: Outbox,
  page: Page,
  row: ReplyDelivery,
  result: SendResult,
  knowsRepeats: boolean,
): Promise<void> {
  const { region, id } = page;
  const { incident_id: incident, reply } = row;
  await withRetries(() =>
    withScope(outbox.db, { region }, async (tx) => {
      const now = outbox.now();
      await lockIncidents(tx, region, [incident]);
      await markDelivery(tx, region, row.id, { ...fieldsAfter(result, knowsRepeats, now), changed_at: now });
      const by = `channel:${id}`;
      if (result.kind === 'sent') await recordWhenDone(tx, { region, incident, reply, by, now });
    }),
  );
  if (result.kind === 'sent') await outbox.pages.noteTrouble(page, null);
  if (result.kind === 'needs_you' && result.trouble !== null)
    await outbox.pages.noteTrouble(page, result.trouble);
}

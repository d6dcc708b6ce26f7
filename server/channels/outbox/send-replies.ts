import type { ReplyTarget, SendResult } from '#server/channels/networks/connector.ts';
import type { ConnectedPage } from '#server/channels/pages/pages.ts';
import { finishDelivery } from './finish-delivery.ts';
import { keepLease, leaseDelivery } from './lease-delivery.ts';
import type { Outbox } from './outbox.ts';
import { PAGE_SWITCHED_OFF, type ReplyDelivery } from './reply-delivery.ts';
import { filesOfReply } from './reply-files.ts';

/** A page that was switched off after its reply was queued says nothing more. */
const SWITCHED_OFF: SendResult = { kind: 'needs_you', problem: PAGE_SWITCHED_OFF, trouble: null };

/** Tries once to send a reply with its files. */
async function attempt(
  outbox: Outbox,
  { page, connector }: ConnectedPage,
  row: ReplyDelivery,
): Promise<SendResult> {
  if (!page.active) return SWITCHED_OFF;
  const found = await filesOfReply(outbox, row);
  if (!found.ok) return found.result;
  const { id: key, text, target } = row;
  const reply = { key, text, target: target as unknown as ReplyTarget, files: found.files };
  using _lease = keepLease(outbox, row);
  return await connector.send(page, reply, page.pace);
}

/** Sends every reply of a region, or of one of its pages, whose time has come. */
export async function sendDueReplies(
  outbox: Outbox,
  region: string,
  pageId: string | null = null,
): Promise<void> {
  const next = (): Promise<ReplyDelivery | null> => leaseDelivery(outbox, region, pageId);
  for (let row = await next(); row !== null; row = await next()) {
    if (row.state === 'cancelled') continue;
    const connected = await outbox.pages.connect(region, row.channel_id);
    if (connected === null) continue;
    const result = await attempt(outbox, connected, row);
    await finishDelivery(outbox, connected.page, row, result, connected.connector.knowsRepeats);
  }
}

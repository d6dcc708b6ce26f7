import type { NetworkCall } from '#server/channels/networks/connector.ts';
import type { Inbox } from './inbox.ts';

/** A network's call as HTTP brought it, with the address it came to. */
export interface ReceivedCall {
  readonly region: string;
  /** Id of the page. */
  readonly id: string;
  readonly headers: NetworkCall['headers'];
  readonly body: Buffer;
  readonly secret?: string | null;
}

/**
 * Answers a network's call. An event is stored before it is confirmed, that of a paused page as well: a
 * network that is refused counts errors and stops calling, and the page would stay deaf when it goes on.
 * Throws what the database throws.
 */
export async function receiveCall(
  { pages, load, events, arrivals }: Pick<Inbox, 'pages' | 'load' | 'events' | 'arrivals'>,
  { region, id, headers, body, secret = null }: ReceivedCall,
): Promise<{ readonly status: number; readonly text: string }> {
  const called = await pages.connectCalled(region, id);
  if (called === null || called.page.isArchived) return { status: 404, text: 'no such page' };
  const { page, connector } = called;
  // Bytes that are no UTF-8 become U+FFFD: the words around them still reach the centre.
  const received = connector.receive(page, { headers, secret, body: body.toString('utf8') });
  if (received.kind === 'answer') return received;
  load.note();
  await events.write({ region, id }, received.event);
  arrivals.emit('stored', region);
  return { status: 200, text: received.text };
}

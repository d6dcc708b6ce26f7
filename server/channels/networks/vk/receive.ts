import { isSameSecret } from '#server/accounts/same-secret.ts';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { NetworkCall, Page, ReceiveResult } from '#server/channels/networks/connector.ts';
import { isFields, type Fields } from '#server/channels/networks/lenient.ts';
import { vkEvent } from './raw-event.ts';
import { vkOutlineSchema } from './objects.ts';

const refuse = (status: number, text: string): ReceiveResult => ({ kind: 'answer', status, text });

/** The body as an object, whatever its fields; null when it is none. */
function parse(body: string): Fields | null {
  try {
    const parsed = parseExact(body);
    return isFields(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/**
 * A callback of VK: the group first, then the confirmation (VK sends it with or without a secret), then the
 * secret. Every event whose sender is known is stored, readable or not. VK calls again until it reads `ok`;
 * `event_id` tells a repeat.
 */
export function receiveVk(page: Page, { body }: NetworkCall): ReceiveResult {
  const fields = parse(body);
  if (fields === null) return refuse(400, 'not an event');
  const { type, group_id: group, secret } = vkOutlineSchema.parse(fields);
  if (group !== null && group !== page.pageId) return refuse(403, 'another group');
  const isKnown = isSameSecret(secret ?? '', page.secrets.secret);
  if (type === 'confirmation') {
    if (group === null) return refuse(400, 'not an event');
    if (secret !== null && !isKnown) return refuse(403, 'wrong secret');
    return refuse(200, page.secrets.confirmation);
  }
  if (!isKnown) return refuse(403, 'wrong secret');
  return { kind: 'event', event: vkEvent(fields, body), text: 'ok' };
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { parseExact } from '#server/channels/exact-json.ts';
import type { Call, Channel, Received } from '#server/channels/network.ts';
import { envelopeSchema } from './objects.ts';

const refuse = (status: number, text: string): Received => ({ kind: 'answer', status, text });

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

function parse(body: string): ReturnType<typeof envelopeSchema.safeParse> | null {
  try {
    return envelopeSchema.safeParse(parseExact(body));
  } catch {
    return null;
  }
}

/**
 * A callback of VK: the group first, then the confirmation (VK sends it with or without a secret), then the secret. Every
 * event whose sender is known is stored, whatever its type. VK calls again until it reads `ok`; `event_id` tells a repeat.
 */
export function receiveVk(channel: Channel, { body }: Call): Received {
  const envelope = parse(body);
  if (envelope?.success !== true) return refuse(400, 'not an event');
  const { type, group_id: group, event_id: eventId, secret } = envelope.data;
  if (group !== channel.pageId) return refuse(403, 'another group');
  const isKnown = timingSafeEqual(hash(secret ?? ''), hash(channel.secrets.secret));
  if (type === 'confirmation') {
    if (secret !== undefined && !isKnown) return refuse(403, 'wrong secret');
    return refuse(200, channel.secrets.confirmation);
  }
  if (!isKnown) return refuse(403, 'wrong secret');
  // Versions before 5.103 had no event_id: then the event itself is its key.
  const key = eventId ?? hash(body).toString('hex');
  return { kind: 'event', event: { key, kind: type, raw: body }, text: 'ok' };
}

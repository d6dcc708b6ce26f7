import { createHash } from 'node:crypto';
import { parseExact } from '#server/channels/exact-json.ts';
import type { Call, Channel, Received } from '#server/channels/network.ts';
import { isSameSecret } from '#server/channels/same-secret.ts';
import { eventSchema } from './objects.ts';

function parse(body: string): ReturnType<typeof eventSchema.safeParse> | null {
  try {
    return eventSchema.safeParse(parseExact(body));
  } catch {
    return null;
  }
}

/**
 * A webhook of Odnoklassniki. It signs nothing, so the address it was given holds our secret. It waits 5 seconds for a 200
 * and tells again; `mid` tells a repeat.
 */
export function receiveOk(channel: Channel, { secret, body }: Call): Received {
  if (!isSameSecret(secret ?? '', channel.secrets.secret))
    return { kind: 'answer', status: 403, text: 'wrong secret' };
  const event = parse(body);
  if (event?.success !== true) return { kind: 'answer', status: 400, text: 'not an event' };
  const { webhookType, message } = event.data;
  const key = message?.mid ?? createHash('sha256').update(body).digest('hex');
  const kind = webhookType ?? (message === undefined ? 'empty' : 'MESSAGE_CREATED');
  return { kind: 'event', event: { key, kind, raw: body }, text: 'ok' };
}

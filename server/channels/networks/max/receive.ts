import { isSameSecret } from '#server/accounts/same-secret.ts';
import type { Call, Channel, Received } from '#server/channels/networks/connector.ts';
import { eventOf } from './events.ts';

/**
 * A callback of MAX. Its secret comes word for word in a header; updates do not say which bot they are for.
 * Everything that has the secret is stored and confirmed, readable or not: MAX unsubscribes a bot whose calls
 * fail for eight hours.
 */
export function receiveMax(channel: Channel, { headers, body }: Call): Received {
  const secret = headers['x-max-bot-api-secret'];
  const isKnown = typeof secret === 'string' && isSameSecret(secret, channel.secrets.secret);
  if (!isKnown) return { kind: 'answer', status: 403, text: 'wrong secret' };
  return { kind: 'event', event: eventOf(body), text: 'ok' };
}

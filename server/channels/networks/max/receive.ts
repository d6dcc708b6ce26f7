import { isSameSecret } from '#server/accounts/same-secret.ts';
import type { NetworkCall, Page, ReceiveResult } from '#server/channels/networks/connector.ts';
import { maxEvent } from './events.ts';

/**
 * A callback of MAX. Its secret comes word for word in a header; updates do not say which bot they are for.
 * Everything that has the secret is stored and confirmed, readable or not: MAX unsubscribes a bot whose calls
 * fail for eight hours.
 */
export function receiveMax(page: Page, { headers, body }: NetworkCall): ReceiveResult {
  const secret = headers['x-max-bot-api-secret'];
  const isKnown = typeof secret === 'string' && isSameSecret(secret, page.secrets.secret);
  if (!isKnown) return { kind: 'answer', status: 403, text: 'wrong secret' };
  return { kind: 'event', event: maxEvent(body), text: 'ok' };
}

import { isSameSecret } from '#server/accounts/same-secret.ts';
import type { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { NetworkCall, Page, RawEvent, ReceiveResult } from '#server/channels/networks/connector.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import { okOutlineSchema } from './objects.ts';

/**
 * A webhook of Odnoklassniki. It signs nothing, so the address it was given holds our secret. It waits 5
 * seconds for a 200 and tells again; `mid` tells a repeat. Whoever knows the address is confirmed, readable
 * or not: nothing is told again for ever.
 */
export function receiveOk(page: Page, { secret, body }: NetworkCall): ReceiveResult {
  if (!isSameSecret(secret ?? '', page.secrets.secret))
    return { kind: 'answer', status: 403, text: 'wrong secret' };
  return { kind: 'event', event: eventOf(body), text: 'ok' };
}

/** A call as it is stored, readable or not. */
function eventOf(body: string): RawEvent {
  const { webhookType, message } = outlineOf(body);
  const key = message?.mid ?? hashOfText(body);
  return {
    key,
    kind: webhookType?.slice(0, 100) ?? (message === null ? 'empty' : 'MESSAGE_CREATED'),
    raw: body,
  };
}

function outlineOf(body: string): z.output<typeof okOutlineSchema> {
  try {
    return okOutlineSchema.parse(parseExact(body));
  } catch {
    return { webhookType: 'unreadable', message: null };
  }
}

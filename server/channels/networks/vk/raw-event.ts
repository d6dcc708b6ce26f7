import type { RawEvent } from '#server/channels/networks/connector.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import { vkOutlineSchema } from './objects.ts';

/**
 * An event as it is stored, whatever it is. Versions before 5.103 had no `event_id`: then the event itself is
 * its key.
 */
export function vkEvent(update: unknown, raw: string): RawEvent {
  const { type, event_id: id } = vkOutlineSchema.catch(NOTHING).parse(update);
  return { key: id ?? hashOfText(raw), kind: (type ?? 'unreadable').slice(0, 100), raw };
}

const NOTHING = { type: null, group_id: null, event_id: null, secret: null };

import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { idOrNull, nameOrNull, part, words } from '#server/channels/networks/lenient.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import type { RawEvent } from '#server/channels/networks/connector.ts';

/** Fields that tell an update from others; `update_type` alone has to be there. */
const envelopeSchema = z.looseObject({
  update_type: z.string().min(1).max(100),
  timestamp: idOrNull,
  message: part(z.looseObject({ body: part(z.looseObject({ mid: nameOrNull, text: words })) })),
  message_id: nameOrNull,
  callback: part(z.looseObject({ callback_id: nameOrNull })),
  chat_id: idOrNull,
  user: part(z.looseObject({ user_id: idOrNull })),
});
type Envelope = z.output<typeof envelopeSchema>;

function envelopeOf(raw: string): Envelope | null {
  try {
    return envelopeSchema.safeParse(parseExact(raw)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * MAX gives the mid of what was written; else the chat and the person tell one event from others of the same
 * millisecond.
 */
function subjectOf({ message, message_id: removed, callback, chat_id: chat, user }: Envelope): string {
  const body = message?.body;
  // Two edits of one millisecond are told apart by their words.
  const mid = body?.mid ?? null;
  if (mid !== null) return `${mid}:${hashOfText(body?.text ?? '')}`;
  // A message without a name is its own: two of one millisecond must not be taken for one.
  if (message !== null) return '';
  const parts = [removed, callback?.callback_id ?? null, chat, user?.user_id ?? null];
  return parts.filter((part) => part !== null).join('/');
}

/**
 * An update as it is stored. MAX numbers no updates and sends some twice, so the key is made of what an
 * update is about: kind, subject and moment. One that cannot be told apart like this is its own key; it is
 * stored all the same, and so is what is no update at all.
 */
export function maxEvent(raw: string): RawEvent {
  const envelope = envelopeOf(raw);
  const kind = envelope?.update_type ?? 'unreadable';
  const subject = envelope === null ? '' : subjectOf(envelope);
  const key =
    subject === '' || (envelope?.timestamp ?? null) === null
      ? hashOfText(raw)
      : `${subject}:${envelope?.timestamp}`;
  return { key: `${kind}:${key}`, kind, raw };
}

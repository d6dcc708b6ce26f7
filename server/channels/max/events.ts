import { createHash } from 'node:crypto';
import { z } from 'zod';
import { digits, parseExact } from '#server/channels/exact-json.ts';
import type { RawEvent } from '#server/channels/network.ts';
import { maybe } from './objects.ts';

const name = z.string().min(1).max(300);

/** What tells an update from others. */
const envelopeSchema = z.looseObject({
  update_type: z.string().min(1).max(100),
  timestamp: z.int(),
  message: maybe(z.looseObject({ body: maybe(z.looseObject({ mid: name, text: maybe(z.string()) })) })),
  message_id: maybe(name),
  callback: maybe(z.looseObject({ callback_id: name })),
  chat_id: maybe(digits),
  user: maybe(z.looseObject({ user_id: digits })),
});
type Envelope = z.output<typeof envelopeSchema>;

export const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

function envelopeOf(raw: string): Envelope | null {
  try {
    return envelopeSchema.safeParse(parseExact(raw)).data ?? null;
  } catch {
    return null;
  }
}

/** MAX gives the mid of what was written; else the chat and the person tell one event from others of the same millisecond. */
function subjectOf({ message, message_id: removed, callback, chat_id: chat, user }: Envelope): string {
  const body = message?.body ?? null;
  // Two edits of one millisecond are told apart by their words.
  if (body !== null) return `${body.mid}:${hash(body.text ?? '').toString('hex')}`;
  const parts = [removed, callback?.callback_id ?? null, chat, user?.user_id ?? null];
  return parts.filter((part) => part !== null).join('/');
}

/**
 * An update as it is stored. MAX numbers no updates and sends some twice, so the key is made of what an update is about: kind, subject
 * and moment. One that cannot be told apart like this is its own key; it is stored all the same, and so is what is no update at all.
 */
export function eventOf(raw: string): RawEvent {
  const envelope = envelopeOf(raw);
  const kind = envelope?.update_type ?? 'unreadable';
  const subject = envelope === null ? '' : subjectOf(envelope);
  const key = subject === '' ? hash(raw).toString('hex') : `${subject}:${envelope?.timestamp}`;
  return { key: `${kind}:${key}`, kind, raw };
}

import { z } from 'zod';
import { parseExact } from '#server/channels/exact-json.ts';
import type { Call, Channel, RawEvent, Received } from '#server/channels/network.ts';
import { isSameSecret } from '#server/channels/same-secret.ts';
import { id, updateSchema } from './objects.ts';

/** What of an update is looked at before it is read: enough to name it. */
const outlineSchema = z
  .looseObject({
    date: z.number().optional(),
    edit_date: z.number().optional(),
    media_group_id: z.string().max(100).optional(),
    chat: z.looseObject({ id }).optional(),
  })
  .catch({});

/**
 * An update as it is stored. After a week of silence Telegram begins its numbers anew, so the moment belongs to the key. All
 * pictures of an album carry its name.
 */
export function asEvent(update: z.output<typeof updateSchema>, raw: string): RawEvent {
  const [kind = 'empty', content] = Object.entries(update).find(([name]) => name !== 'update_id') ?? [];
  const { date, edit_date: edited, media_group_id: group, chat } = outlineSchema.parse(content);
  const album = group === undefined || chat === undefined ? null : `${chat.id}_${group}`;
  return { key: `${update.update_id}:${edited ?? date ?? ''}`, kind: kind.slice(0, 100), raw, album };
}

function parse(body: string): ReturnType<typeof updateSchema.safeParse> | null {
  try {
    return updateSchema.safeParse(parseExact(body));
  } catch {
    return null;
  }
}

/** A webhook of Telegram: the secret is in a header. Anything but 2xx is told again. */
export function receiveTelegram(channel: Channel, { headers, body }: Call): Received {
  const said = headers['x-telegram-bot-api-secret-token'];
  if (!isSameSecret(typeof said === 'string' ? said : '', channel.secrets.secret))
    return { kind: 'answer', status: 403, text: 'wrong secret' };
  const update = parse(body);
  if (update?.success !== true) return { kind: 'answer', status: 400, text: 'not an update' };
  return { kind: 'event', event: asEvent(update.data, body), text: 'ok' };
}

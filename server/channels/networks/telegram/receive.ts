import { isSameSecret } from '#server/accounts/same-secret.ts';
import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { fieldsOf, idIn, idOrNull, isFields, nameOrNull, part } from '#server/channels/networks/lenient.ts';
import type { NetworkCall, Page, RawEvent, ReceiveResult } from '#server/channels/networks/connector.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import { telegramId } from './objects.ts';

/** The part of an update that is looked at before it is read: enough to name it. */
const outlineSchema = z.looseObject({
  date: idOrNull,
  edit_date: idOrNull,
  media_group_id: nameOrNull.transform((group) => (group !== null && group.length <= 100 ? group : null)),
  chat: part(z.looseObject({ id: telegramId })),
});

/**
 * An update as it is stored, whatever it is. After a week of silence Telegram begins its numbers anew, so the
 * moment belongs to the key; without a number the update is its own key. All pictures of an album carry its
 * name.
 */
export function telegramEvent(update: unknown, raw: string): RawEvent {
  const fields = fieldsOf(update);
  const [kind = 'empty', content] = Object.entries(fields).find(([name]) => name !== 'update_id') ?? [];
  const { date, edit_date: edited, media_group_id: group, chat } = outlineSchema.parse(fieldsOf(content));
  const album = group === null || chat === null ? null : `${chat.id}_${group}`;
  const number = idIn(fields['update_id']);
  const key = number === null ? hashOfText(raw) : `${number}:${edited ?? date ?? ''}`;
  return { key, kind: isFields(update) ? kind.slice(0, 100) : 'unreadable', raw, album };
}

function parse(body: string): unknown {
  try {
    return parseExact(body);
  } catch {
    return null;
  }
}

/**
 * A webhook of Telegram: the secret is in a header. Anything but 2xx is told again, and holds up what comes
 * after it.
 */
export function receiveTelegram(page: Page, { headers, body }: NetworkCall): ReceiveResult {
  const token = headers['x-telegram-bot-api-secret-token'];
  if (!isSameSecret(typeof token === 'string' ? token : '', page.secrets.secret))
    return { kind: 'answer', status: 403, text: 'wrong secret' };
  return { kind: 'event', event: telegramEvent(parse(body), body), text: 'ok' };
}

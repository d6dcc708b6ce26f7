import { z } from 'zod';
import { fieldsOf, idIn } from '#server/channels/networks/lenient.ts';
import type { Page, TokenPace, PollResult } from '#server/channels/networks/connector.ts';
import { callTelegram } from './call.ts';
import { telegramEvent } from './receive.ts';

/** Kinds of updates that `read.ts` makes something of; Telegram sends no others then. */
export const ALLOWED_UPDATES = JSON.stringify([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'my_chat_member',
]);

const LIMIT = 100;
const WAIT_S = 25;

/** Asks for updates. The offset confirms all before it, so it is said only when those lie in the database. */
export async function pollTelegram(
  page: Page,
  position: string | null,
  pace: TokenPace,
  stopping: AbortSignal,
): Promise<PollResult> {
  const params = { limit: String(LIMIT), timeout: String(WAIT_S), allowed_updates: ALLOWED_UPDATES };
  const answer = await callTelegram(
    page,
    'getUpdates',
    position === null ? params : { ...params, offset: position },
    pace,
    { timeoutMs: (WAIT_S + 10) * 1000, stopping },
  );
  const updates = z.array(z.unknown()).parse(answer);
  return {
    events: updates.map((update) => telegramEvent(update, JSON.stringify(update))),
    position: positionAfter(updates, position),
  };
}

/**
 * One after the last update that has a number. Numbers follow one another, so those of updates that have none
 * are counted: else Telegram would give the same ones for ever.
 */
function positionAfter(updates: readonly unknown[], position: string | null): string | null {
  const last = updates.findLastIndex((update) => idIn(fieldsOf(update)['update_id']) !== null);
  const number =
    idIn(fieldsOf(updates[last])['update_id']) ?? (position === null ? null : String(BigInt(position) - 1n));
  if (updates.length === 0 || number === null) return position;
  return String(BigInt(number) + BigInt(updates.length - last));
}

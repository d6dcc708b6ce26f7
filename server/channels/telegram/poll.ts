import { z } from 'zod';
import type { Channel, Pace, Polled } from '#server/channels/network.ts';
import { callTelegram } from './call.ts';
import { updateSchema } from './objects.ts';
import { asEvent } from './receive.ts';

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
  channel: Channel,
  position: string | null,
  pace: Pace,
  stopping: AbortSignal,
): Promise<Polled> {
  const params = { limit: String(LIMIT), timeout: String(WAIT_S), allowed_updates: ALLOWED_UPDATES };
  const answer = await callTelegram(
    channel,
    'getUpdates',
    position === null ? params : { ...params, offset: position },
    pace,
    { timeoutMs: (WAIT_S + 10) * 1000, stopping },
  );
  const updates = z.array(updateSchema).parse(answer);
  const last = updates.at(-1);
  return {
    events: updates.map((update) => asEvent(update, JSON.stringify(update))),
    position: last === undefined ? position : String(BigInt(last.update_id) + 1n),
  };
}

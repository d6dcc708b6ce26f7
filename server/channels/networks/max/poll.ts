import { z } from 'zod';
import { idOrNull } from '#server/channels/networks/lenient.ts';
import type { Page, TokenPace, PollResult } from '#server/channels/networks/connector.ts';
import { callMax } from './call.ts';
import { maxEvent } from './events.ts';

const WAIT_S = 25;
/** MAX wants 300 ms between two questions. */
const QUESTIONS_PER_SECOND = 3;

const updatesSchema = z.looseObject({ updates: z.array(z.unknown()), marker: idOrNull });

/**
 * Asks for updates, where nobody can call. A marker given commits all before it; what MAX gives without one
 * is told in two ways by its own documents, so the first question alone has none.
 */
export async function pollMax(
  page: Page,
  position: string | null,
  pace: TokenPace,
  stopping: AbortSignal,
): Promise<PollResult> {
  await pace(`${page.secrets.token} updates`, QUESTIONS_PER_SECOND);
  const query = { limit: '100', timeout: String(WAIT_S), ...(position !== null && { marker: position }) };
  const timeoutMs = (WAIT_S + 15) * 1000;
  const answer = await callMax(page, { method: 'GET', path: '/updates', query, timeoutMs, stopping }, pace);
  const { updates, marker } = updatesSchema.parse(answer);
  return {
    events: updates.map((update) => maxEvent(JSON.stringify(update))),
    position: marker ?? position,
  };
}

import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, TokenPace, PollResult, RawEvent } from '#server/channels/networks/connector.ts';
import { requestText } from '#server/channels/networks/request-text.ts';
import { callVk, VK_VERSION, VkError } from './call.ts';
import { turnedOn, WANTED_VK_EVENTS } from './events.ts';
import { vkEvent } from './raw-event.ts';

/** As long as VK holds a question that has no answer yet; the line gets some seconds more. */
const WAIT_SECONDS = 25;
const LINE_MS = 15_000;
/** The error of groups.getLongPollServer for a community whose Long Poll is off. */
const POLL_OFF = 100;

const ts = z.union([z.string(), z.int()]).transform(String);
const serverSchema = z.object({ server: z.url({ protocol: /^https?$/ }), key: z.string(), ts });
/** Where to ask, and what came last. Lies in the page's row as JSON. */
type Position = z.output<typeof serverSchema>;

const answerSchema = z.union([
  z.object({ failed: z.literal(1), ts }),
  z.object({ failed: z.union([z.literal(2), z.literal(3)]) }),
  z.object({ ts, updates: z.array(z.unknown()) }),
]);

async function newServer(page: Page, pace: TokenPace): Promise<Position> {
  const group = { group_id: page.pageId };
  const ask = () => callVk(page, 'community', 'groups.getLongPollServer', group, pace);
  const answer = await ask().catch(async (error: unknown) => {
    if (!(error instanceof VkError) || error.code !== POLL_OFF) throw error;
    // Nobody has turned it on yet: the token that may ask for it may also do that.
    const on = { ...group, enabled: '1', api_version: VK_VERSION, ...turnedOn(WANTED_VK_EVENTS) };
    await callVk(page, 'community', 'groups.setLongPollSettings', on, pace);
    return ask();
  });
  return serverSchema.parse(answer);
}

async function ask(page: Page, { server, key, ts: from }: Position, stopping: AbortSignal) {
  const url = new URL(server);
  const query = { act: 'a_check', key, ts: from, wait: String(WAIT_SECONDS) };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { status, text } = await requestText(url, {
    method: 'GET',
    certificate: page.certificate,
    timeoutMs: WAIT_SECONDS * 1000 + LINE_MS,
    stopping,
  });
  if (status !== 200) throw new Error(`HTTP ${status}`);
  return answerSchema.parse(parseExact(text));
}

const found = (events: readonly RawEvent[], at: Position): PollResult => ({
  events,
  position: JSON.stringify(at),
});

/**
 * Bots Long Poll, for a network that nobody can call from outside. `failed: 1`: VK has forgotten what came
 * after our number and gives the one to go on from; `2`: the key is over, the number holds; `3`: both are.
 * What a gap held is found by catching up.
 */
export async function pollVk(
  page: Page,
  position: string | null,
  pace: TokenPace,
  stopping: AbortSignal,
): Promise<PollResult> {
  if (position === null) return found([], await newServer(page, pace));
  const at = serverSchema.parse(JSON.parse(position));
  const answer = await ask(page, at, stopping);
  if (!('failed' in answer))
    return found(
      answer.updates.map((update) => vkEvent(update, JSON.stringify(update))),
      { ...at, ts: answer.ts },
    );
  if (answer.failed === 1) return found([], { ...at, ts: answer.ts });
  const next = await newServer(page, pace);
  return found([], answer.failed === 2 ? { ...next, ts: at.ts } : next);
}

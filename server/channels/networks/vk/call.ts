import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { postForm } from '#server/channels/networks/post-form.ts';

/** Version whose objects `read.ts` knows. */
export const VK_VERSION = '5.199';

/** VK allows 20 calls a second to a community's token and 3 to a user's or a service's. */
const CALLS_PER_SECOND = { community: 20, read: 3 };

/** VK answered with an error of its list. The message holds no words of VK's, which may repeat parameters. */
export class VkError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`VK error ${code}`);
    this.code = code;
  }
}

const answerSchema = z.union([
  z.object({ error: z.object({ error_code: z.int() }) }),
  z.object({ response: z.unknown() }),
]);

/** Calls a method of VK's API. Throws VkError, and whatever the network throws. */
export async function callVk(
  page: Page,
  as: keyof typeof CALLS_PER_SECOND,
  method: string,
  params: Readonly<Record<string, string>>,
  pace: TokenPace,
): Promise<unknown> {
  const token = as === 'read' ? page.secrets.readToken : page.secrets.token;
  if (token === null) throw new VkError(5);
  await pace(token, CALLS_PER_SECOND[as]);
  const url = new URL(`${page.baseUrl.replace(/\/$/, '')}/method/${method}`);
  const text = await postForm(url, { ...params, access_token: token, v: VK_VERSION }, page.certificate);
  const answer = answerSchema.parse(parseExact(text));
  if ('error' in answer) throw new VkError(answer.error.error_code);
  return answer.response;
}

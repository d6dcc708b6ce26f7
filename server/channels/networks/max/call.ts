import { setTimeout as sleep } from 'node:timers/promises';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { requestText, type TextRequest } from '#server/channels/networks/request-text.ts';

/** MAX allows 30 calls a second; the rest is for people who try things with the same bot. */
const CALLS_PER_SECOND = 25;
/**
 * Questions that found MAX busy are asked again after these pauses. What changes something is never repeated
 * here.
 */
const PAUSES_MS = [500, 1000, 2000];

/** MAX answered with an error. The message holds none of its words, which may repeat what was sent. */
export class MaxError extends Error {
  readonly status: number;
  /**
   * MAX's own name of the error (`chat.denied`); empty when the answer is not MAX's, as a gateway's is not.
   */
  readonly code: string;

  constructor(status: number, code: string) {
    super(`MAX error ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** A call of MAX's API. */
export interface MaxCall {
  readonly method: TextRequest['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly timeoutMs?: number;
  readonly stopping?: AbortSignal;
}

function codeOf(text: string): string {
  try {
    const answer = parseExact(text);
    const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : '';
    return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : '';
  } catch {
    return '';
  }
}

async function callOnce(page: Page, call: MaxCall, pace: TokenPace): Promise<unknown> {
  const { method, path, query = {}, body, timeoutMs, stopping } = call;
  const { token } = page.secrets;
  await pace(token, CALLS_PER_SECOND);
  const url = new URL(`${page.baseUrl.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await requestText(url, {
    method,
    // The bare token: MAX wants no `Bearer` before it, and takes none from the address any more.
    headers: { authorization: token, ...(body && { 'content-type': 'application/json; charset=utf-8' }) },
    certificate: page.certificate,
    ...(body && { body: JSON.stringify(body) }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(stopping && { stopping }),
  });
  if (answer.status !== 200) throw new MaxError(answer.status, codeOf(answer.text));
  return parseExact(answer.text);
}

const isBusy = (error: unknown): boolean =>
  error instanceof MaxError && (error.status === 429 || error.status >= 500);

/** Calls MAX. Throws MaxError, and whatever the line throws. */
export async function callMax(page: Page, call: MaxCall, pace: TokenPace): Promise<unknown> {
  for (const pauseMs of call.method === 'GET' ? PAUSES_MS : []) {
    try {
      return await callOnce(page, call, pace);
    } catch (error) {
      if (!isBusy(error)) throw error;
      await sleep(pauseMs, undefined, { ...(call.stopping && { signal: call.stopping }) });
    }
  }
  return callOnce(page, call, pace);
}

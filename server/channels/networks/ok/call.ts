import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { requestText, type TextRequest } from '#server/channels/networks/request-text.ts';

/** Odnoklassniki publishes no number; its users' programs live with this one. */
const CALLS_PER_SECOND = 5;
const TIMEOUT_MS = 10_000;

/** Odnoklassniki refused a call. The message holds no words of the network's, which may repeat parameters. */
export class OkError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`OK error ${code}`);
    this.code = code;
  }
}

const answerSchema = z.union([
  z.looseObject({ error_code: z.int() }).transform(({ error_code: code }) => ({ code })),
  z.unknown().transform((value) => ({ code: null, value })),
]);

async function ask(url: URL, request: Omit<TextRequest, 'timeoutMs'>): Promise<unknown> {
  const { status, text } = await requestText(url, { ...request, timeoutMs: TIMEOUT_MS });
  const answer = answerSchema.parse(parseExact(text));
  if (answer.code !== null) throw new OkError(answer.code);
  if (status !== 200) throw new Error(`HTTP ${status}`);
  return 'value' in answer ? answer.value : undefined;
}

const base = ({ baseUrl }: Page): string => baseUrl.replace(/\/$/, '');

/**
 * Calls the Graph API in the group's name. A body makes it a POST. Throws OkError, and whatever the line
 * throws.
 */
export async function callGraph(
  page: Page,
  path: string,
  pace: TokenPace,
  { body, params = {} }: { body?: object; params?: Readonly<Record<string, string>> } = {},
): Promise<unknown> {
  const { token } = page.secrets;
  await pace(token, CALLS_PER_SECOND);
  const query = new URLSearchParams({ access_token: token, ...params });
  const url = new URL(`${base(page)}/graph/${path}?${query.toString()}`);
  const headers = { 'content-type': 'application/json;charset=utf-8' };
  const { certificate } = page;
  if (body === undefined) return ask(url, { method: 'GET', certificate });
  return ask(url, { method: 'POST', headers, body: JSON.stringify(body), certificate, isAlone: true });
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The keys that signing a REST call takes; null when the page has none of it, and so no comments. */
export function restKeys({ secrets }: Page) {
  const { readToken: token, applicationKey: key, applicationSecret: secret } = secrets;
  return token === null || key === null || secret === null ? null : { token, key, secret };
}

/**
 * `sig`: all parameters but the token, sorted, and the session's secret made of token and application secret.
 */
function sign(params: Readonly<Record<string, string>>, token: string, secret: string): string {
  const sorted = Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('');
  return md5(sorted + md5(token + secret));
}

/**
 * Calls a method of the REST API, where topics and their comments are. Throws OkError, and whatever the line
 * throws.
 */
export async function callRest(
  page: Page,
  method: string,
  params: Readonly<Record<string, string>>,
  pace: TokenPace,
): Promise<unknown> {
  const keys = restKeys(page);
  if (keys === null) throw new OkError(101);
  await pace(keys.token, CALLS_PER_SECOND);
  const signed = { ...params, method, application_key: keys.key, format: 'json' };
  const form = new URLSearchParams({
    ...signed,
    sig: sign(signed, keys.token, keys.secret),
    access_token: keys.token,
  });
  return ask(new URL(`${base(page)}/fb.do`), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    certificate: page.certificate,
  });
}

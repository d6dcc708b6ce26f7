import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { multipart, type FormFile } from '#server/channels/networks/multipart.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { requestText, type TextRequest } from '#server/channels/networks/request-text.ts';
import { telegramId } from './objects.ts';

/** All calls of a bot together. */
const CALLS_PER_SECOND = 30;
/** Telegram is slowed down in Russia; what does not come soon is asked for again. */
const TIMEOUT_MS = 10_000;
/** Files take their time on a slowed-down line. */
const UPLOAD_MS = 5 * 60_000;

/** Telegram refused a call. The message holds no words of Telegram's, which may repeat parameters. */
export class TelegramError extends Error {
  readonly code: number;
  /** Telegram's words, to tell refusals of one code apart; never shown. */
  readonly reason: string;
  readonly retryAfterMs: number | null;
  /** The chat that a group became: it has another id since. */
  readonly movedTo: string | null;

  constructor(code: number, reason: string, retryAfter: number | null = null, movedTo: string | null = null) {
    super(`Telegram error ${code}`);
    this.code = code;
    this.reason = reason.toLowerCase();
    this.retryAfterMs = retryAfter === null ? null : retryAfter * 1000;
    this.movedTo = movedTo;
  }
}

const answerSchema = z.union([
  z.looseObject({ ok: z.literal(true), result: z.unknown() }),
  z.looseObject({
    ok: z.literal(false),
    error_code: z.int(),
    description: z.string().default(''),
    parameters: z
      .looseObject({ retry_after: z.int().min(0).optional(), migrate_to_chat_id: telegramId.optional() })
      .default({}),
  }),
]);

type Params = Readonly<Record<string, string>>;

/** Settings of a question that waits for news, or of a call that must not be made twice. */
type Line = Pick<TextRequest, 'timeoutMs' | 'stopping' | 'isAlone'> & {
  /** Go along with the parameters. */
  readonly files?: readonly FormFile[];
};

const base = ({ baseUrl, secrets }: Page, root: string): string =>
  `${baseUrl.replace(/\/$/, '')}${root}/bot${secrets.token}`;

/** Where a file of the bot's is fetched. Holds the token. */
export const fileUrl = (page: Page, path: string): URL => new URL(`${base(page, '/file')}/${path}`);

/** Parameters as a form: digits of any length stay digits. */
function bodyOf(params: Params, files: readonly FormFile[]): Pick<TextRequest, 'body' | 'headers'> {
  if (files.length > 0) {
    const body = multipart(params, files);
    return { headers: { 'content-type': body.type }, body };
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { headers, body: new URLSearchParams(params).toString() };
}

async function once(page: Page, method: string, params: Params, line: Line): Promise<unknown> {
  const url = new URL(`${base(page, '')}/${method}`);
  const { files = [], ...rest } = line;
  const { text } = await requestText(url, {
    method: 'POST',
    ...bodyOf(params, files),
    certificate: page.certificate,
    timeoutMs: files.length > 0 ? UPLOAD_MS : TIMEOUT_MS,
    ...rest,
  });
  const answer = answerSchema.parse(parseExact(text));
  if (answer.ok) return answer.result;
  const { retry_after: retryAfter, migrate_to_chat_id: movedTo } = answer.parameters;
  throw new TelegramError(answer.error_code, answer.description, retryAfter, movedTo);
}

/**
 * Calls a method of the Bot API; a group that has become a supergroup is followed to its new id. Throws
 * TelegramError, and whatever the line throws.
 */
export async function callTelegram(
  page: Page,
  method: string,
  params: Params,
  pace: TokenPace,
  line: Line = {},
): Promise<unknown> {
  await pace(page.secrets.token, CALLS_PER_SECOND);
  try {
    return await once(page, method, params, line);
  } catch (error) {
    if (!(error instanceof TelegramError) || error.movedTo === null || !('chat_id' in params)) throw error;
    return once(page, method, { ...params, chat_id: error.movedTo }, line);
  }
}

/** The bot's own id: the part of its token before the colon. */
export const botId = ({ secrets }: Page): string => secrets.token.split(':', 1)[0] ?? '';

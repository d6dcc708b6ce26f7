import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { TelegramError } from './call.ts';

type Kind = ChannelProblem['kind'];

/** Telegram has few codes and tells the rest in words; these have stayed the same for years. */
const REASONS: readonly (readonly [code: number, words: string, kind: Kind])[] = [
  [403, 'kicked', 'bot_removed'],
  [403, 'not a member', 'bot_removed'],
  [400, 'not enough rights', 'no_rights'],
  [400, 'have no rights', 'no_rights'],
  [400, 'chat not found', 'no_such_page'],
  [400, 'bad webhook', 'callback_address'],
  [409, 'webhook', 'webhook_elsewhere'],
  [409, '', 'asked_elsewhere'],
];

/** Codes that need no words. Telegram answers 404 to a token that is not even one. */
const CODES: Readonly<Record<number, Kind>> = { 401: 'token_dead', 404: 'token_dead', 429: 'limit_reached' };

/** The page's trouble behind an error of a call, if it has one. */
export function telegramTrouble(error: unknown): ChannelProblem | null {
  if (!(error instanceof TelegramError)) return { kind: 'unreachable', detail: '' };
  const { code, reason } = error;
  const kind =
    CODES[code] ?? REASONS.find(([known, words]) => known === code && reason.includes(words))?.[2] ?? null;
  return kind === null ? null : { kind, detail: `telegram:${code}` };
}

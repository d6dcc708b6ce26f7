import { createHash } from 'node:crypto';
import { BOT_CODE } from '#shared/protocol/bot-notices.ts';

/** Something said to the bot itself, and to nobody at the centre; see decision 049. */
export type BotWord =
  /** By which a person of the centre shows that this chat is theirs. */
  | { readonly kind: 'code'; readonly code: string }
  /** Ends notices. */
  | { readonly kind: 'stop' }
  /** The person has shut the bot out. */
  | { readonly kind: 'blocked' };

/** `/start CODE` is what messengers send for a link that opens the bot. */
const CODE = /^(?:\/start\s+)?(PULT(?:-[0-9A-Z]{4}){3})$/i;

/** Reads a word to the bot in what somebody wrote to it alone; null for all that a resident may write. */
export function botWordIn(text: string): BotWord | null {
  const said = text.trim();
  if (said.length > 60) return null;
  if (/^\/stop$/i.test(said)) return { kind: 'stop' };
  const code = CODE.exec(said)?.[1]?.toUpperCase();
  return code !== undefined && BOT_CODE.test(code) ? { kind: 'code', code } : null;
}

/** Gives how a code is kept: it has more signs than anybody tries out in its half hour. */
export const botCodeHash = (region: string, code: string): Buffer =>
  createHash('sha256').update(`bot-code/${region}/${code}`).digest();

/** A code is good for so long. */
export const BOT_CODE_MS = 30 * 60_000;

import { z } from 'zod';
import { assertNever } from '#shared/domain/must.ts';
import { CAPTION_LETTERS, NETWORK_LETTERS } from '#shared/domain/reply-preview/network-rules.ts';
import type {
  Page,
  OutgoingReply,
  TokenPace,
  SendResult,
  ReplyTarget,
} from '#server/channels/networks/connector.ts';
import { NeverSent } from '#server/channels/networks/request-text.ts';
import { callTelegram, TelegramError } from './call.ts';
import { messageLink } from './links.ts';
import { fileCall } from './media.ts';
import { telegramChatSchema, telegramId } from './objects.ts';
import { telegramTrouble } from './trouble.ts';

/** Telegram allows a message a second to a chat, and 20 a minute to a group. */
const PER_SECOND = { person: 1, group: 1 / 3 };
/** Before Telegram is tried again when the line did not stand. */
const AGAIN_MS = 60_000;

const sentSchema = z.looseObject({ message_id: telegramId, chat: telegramChatSchema });

/** A reply goes out even when the resident has deleted his message meanwhile. */
const replyTo = (message: string): string => `{"message_id":${message},"allow_sending_without_reply":true}`;

function addressOf(target: ReplyTarget): { chat: string; perSecond: number; params: Record<string, string> } {
  switch (target.kind) {
    case 'comment': {
      const { owner: chat, comment } = target;
      const params = comment === null ? {} : { reply_parameters: replyTo(comment) };
      return { chat, perSecond: PER_SECOND.group, params };
    }
    case 'direct':
      return { chat: target.peer, perSecond: PER_SECOND.person, params: {} };
    default:
      return assertNever(target);
  }
}

function outcomeOf(error: unknown): SendResult {
  if (error instanceof NeverSent) return { kind: 'wait', ms: AGAIN_MS, problem: 'telegram:unreachable' };
  // A server's own fault, like a lost answer, leaves open whether the message is out.
  if (!(error instanceof TelegramError) || error.code >= 500)
    return { kind: 'unclear', problem: 'telegram:unreachable' };
  const problem = `telegram:${error.code}`;
  if (error.retryAfterMs !== null) return { kind: 'wait', ms: error.retryAfterMs, problem };
  const trouble = telegramTrouble(error);
  // A chat that is not found here is the resident's, not the page.
  return { kind: 'needs_you', problem, trouble: trouble?.kind === 'no_such_page' ? null : trouble };
}

/**
 * Sends words, or words with files, in one call: there is no moment in which one is out without the other.
 */
async function publish(
  page: Page,
  { text, files }: OutgoingReply,
  params: Readonly<Record<string, string>>,
  pace: TokenPace,
): Promise<z.output<typeof sentSchema>> {
  if (files.length === 0)
    return sentSchema.parse(
      await callTelegram(page, 'sendMessage', { ...params, text }, pace, { isAlone: true }),
    );
  const call = fileCall(text, files);
  const line = { isAlone: true, files: call.files };
  const answer = await callTelegram(page, call.method, { ...params, ...call.params }, pace, line);
  return sentSchema.parse(Array.isArray(answer) ? answer[0] : answer);
}

/**
 * Sends a reply. The Bot API has no key for repeats, so an attempt whose end is unknown is not made again.
 */
export async function sendTelegram(page: Page, reply: OutgoingReply, pace: TokenPace): Promise<SendResult> {
  const { text, target, files } = reply;
  if (text.length > NETWORK_LETTERS.telegram)
    return { kind: 'needs_you', problem: 'telegram:too_long', trouble: null };
  if (files.length > 0 && text.length > CAPTION_LETTERS.telegram)
    return { kind: 'needs_you', problem: 'telegram:too_long_for_files', trouble: null };
  const { chat, perSecond, params } = addressOf(target);
  try {
    await pace(`${page.secrets.token} ${chat}`, perSecond);
    const sent = await publish(page, reply, { chat_id: chat, ...params }, pace);
    return { kind: 'sent', link: messageLink(sent.chat, sent.message_id) };
  } catch (error) {
    return outcomeOf(error);
  }
}

import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { wordsIn } from '#server/channels/networks/lenient.ts';
import type {
  Page,
  OutgoingText,
  OutgoingReply,
  TokenPace,
  SendResult,
} from '#server/channels/networks/connector.ts';
import { NeverSent } from '#server/channels/networks/request-text.ts';
import { isRefusedFile } from '#server/channels/networks/upload-file.ts';
import { callGraph, OkError } from './call.ts';
import { okChatId, okMessageSchema } from './objects.ts';
import { groupLink } from './read.ts';
import { uploadedAttachments, MAX_FILES } from './upload.ts';

const MINUTE = 60_000;

/** Errors that pass by themselves: the service is away, flood, a method's quota. */
const PATIENCE: Readonly<Record<number, number>> = { 2: MINUTE, 8: 10 * MINUTE, 11: 60 * MINUTE };

/** Errors that concern the page, not only this reply. */
const TROUBLE: Readonly<Record<number, ChannelProblem['kind']>> = {
  7: 'no_rights',
  10: 'no_rights',
  101: 'keys_wrong',
  102: 'token_dead',
  103: 'token_dead',
  104: 'keys_wrong',
  200: 'no_rights',
  401: 'token_dead',
  403: 'captcha',
  453: 'token_dead',
};

/** Faults inside the network: nobody knows what became of the call. */
const INTERNAL = [1, 500, 9999];

/** The page's trouble behind an error of a call, if it has one. */
export function okTrouble(error: unknown): ChannelProblem | null {
  if (!(error instanceof OkError)) return { kind: 'unreachable', detail: '' };
  const kind = TROUBLE[error.code] ?? (error.code in PATIENCE ? 'limit_reached' : null);
  return kind === null ? null : { kind, detail: `ok:${error.code}` };
}

function outcomeOf(error: unknown): SendResult {
  if (error instanceof NeverSent) return { kind: 'wait', ms: MINUTE, problem: 'ok:unreachable' };
  if (!(error instanceof OkError)) return { kind: 'unclear', problem: 'ok:unreachable' };
  const problem = `ok:${error.code}`;
  if (INTERNAL.includes(error.code)) return { kind: 'unclear', problem };
  const ms = PATIENCE[error.code];
  if (ms !== undefined) return { kind: 'wait', ms, problem };
  return { kind: 'needs_you', problem, trouble: okTrouble(error) };
}

/** The result for a reply whose file was not taken, of which nothing is out. */
function notTaken(error: unknown): SendResult {
  if (isRefusedFile(error)) return { kind: 'needs_you', problem: 'ok:files', trouble: null };
  const sent = outcomeOf(error);
  return sent.kind === 'unclear' ? { kind: 'wait', ms: MINUTE, problem: sent.problem } : sent;
}

/**
 * Sends a reply into a chat. The network documents no way for a program to answer under a topic: a person
 * publishes there.
 */
export async function sendOk(
  page: Page,
  { text, target, files }: OutgoingReply,
  pace: TokenPace,
): Promise<SendResult> {
  if (target.kind === 'comment') return { kind: 'needs_you', problem: 'ok:by_hand', trouble: null };
  const peer = okChatId.safeParse(target.peer);
  if (!peer.success) return { kind: 'needs_you', problem: 'ok:no_chat', trouble: null };
  if (files.length > MAX_FILES) return { kind: 'needs_you', problem: 'ok:many_files', trouble: null };
  let attachments: readonly object[];
  try {
    attachments = await uploadedAttachments(page, files, pace);
  } catch (error) {
    return notTaken(error);
  }
  try {
    const message = attachments.length === 0 ? { text } : { text, attachments };
    await callGraph(page, `${peer.data}/messages`, pace, {
      body: { recipient: { chat_id: peer.data }, message },
    });
    return { kind: 'sent', link: groupLink(page) };
  } catch (error) {
    return outcomeOf(error);
  }
}

const messagesSchema = z.looseObject({ messages: z.array(z.unknown()).default([]) });

/** Looks in the chat for a message with these very words that is newer than the moment. */
export async function findOk(
  page: Page,
  { text, target }: OutgoingText,
  since: Instant,
  pace: TokenPace,
): Promise<string | null> {
  if (target.kind !== 'direct') return null;
  const path = `me/messages/${okChatId.parse(target.peer)}`;
  const params = { to: String(since), count: '50' };
  const { messages } = messagesSchema.parse(await callGraph(page, path, pace, { params }));
  const isThere = messages.some((message) => {
    const read = okMessageSchema.safeParse(message);
    if (!read.success || (read.data.timestamp ?? 0) < since) return false;
    return wordsIn(read.data.message['text']).trim() === text.trim();
  });
  return isThere ? groupLink(page) : null;
}

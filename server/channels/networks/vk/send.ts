import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { assertNever } from '#shared/domain/must.ts';
import { COMMENT_FILES } from '#shared/domain/reply-preview/network-rules.ts';
import type { Page, OutgoingReply, TokenPace, SendResult } from '#server/channels/networks/connector.ts';
import { isRefusedFile } from '#server/channels/networks/upload-file.ts';
import { callVk, VkError } from './call.ts';
import { id } from './objects.ts';
import { attachedTo } from './upload.ts';

const MINUTE = 60_000;

/**
 * Errors that pass by themselves: too many calls, our own fault of pace, a fault inside VK, flood control, a
 * method's quota.
 */
const PATIENCE: Readonly<Record<number, number>> = {
  1: MINUTE,
  6: 2000,
  9: 10 * MINUTE,
  10: MINUTE,
  29: 60 * MINUTE,
};

/** Errors that concern the page, not only this reply. */
const TROUBLE: Readonly<Record<number, ChannelProblem['kind']>> = {
  5: 'token_dead',
  7: 'no_rights',
  14: 'captcha',
  15: 'no_rights',
  27: 'token_dead',
};

/** The page's trouble behind an error of VK, if it has one. */
export function vkTrouble(error: unknown): ChannelProblem | null {
  if (!(error instanceof VkError)) return { kind: 'unreachable', detail: '' };
  const kind = TROUBLE[error.code] ?? (error.code in PATIENCE ? 'limit_reached' : null);
  return kind === null ? null : { kind, detail: `vk:${error.code}` };
}

/** 32 bits of the key: `random_id` is an int, and VK keeps it for one conversation only. */
const randomIdOf = (key: string): string =>
  String(Number.parseInt(key.replaceAll('-', '').slice(-8), 16) & 0x7fffffff || 1);

/**
 * Photos, videos, discussions and suggested posts take no comment from a community's token: a person answers
 * there.
 */
const isByHand = ({ target }: OutgoingReply): boolean =>
  target.kind === 'comment' && !/^\d+$/.test(target.post);

type Target<K extends OutgoingReply['target']['kind']> = Extract<OutgoingReply['target'], { kind: K }>;

async function comment(
  page: Page,
  { key, text }: OutgoingReply,
  { owner, post, comment: to }: Target<'comment'>,
  way: { readonly attached: string; readonly pace: TokenPace },
): Promise<string> {
  const params = {
    owner_id: owner,
    post_id: post,
    from_group: page.pageId,
    message: text,
    guid: key,
    ...(to !== null && { reply_to_comment: to }),
    ...(way.attached !== '' && { attachments: way.attached }),
  };
  const answer = await callVk(page, 'community', 'wall.createComment', params, way.pace);
  const { comment_id: made } = z.looseObject({ comment_id: id }).parse(answer);
  return `https://vk.com/wall${owner}_${post}?reply=${made}`;
}

async function write(
  page: Page,
  { key, text }: OutgoingReply,
  { peer }: Target<'direct'>,
  way: { readonly attached: string; readonly pace: TokenPace },
): Promise<string> {
  const params = {
    peer_id: peer,
    message: text,
    random_id: randomIdOf(key),
    ...(way.attached !== '' && { attachment: way.attached }),
  };
  await callVk(page, 'community', 'messages.send', params, way.pace);
  return `https://vk.com/gim${page.pageId}?sel=${peer}`;
}

/** Publishes the words with files that are in place; gives the link. */
function deliver(page: Page, reply: OutgoingReply, attached: string, pace: TokenPace): Promise<string> {
  const { target } = reply;
  switch (target.kind) {
    case 'comment':
      return comment(page, reply, target, { attached, pace });
    case 'direct':
      return write(page, reply, target, { attached, pace });
    default:
      return assertNever(target);
  }
}

/** The result for a reply whose file VK did not take, of which nothing is out. */
function notTaken(error: unknown): SendResult {
  const ms = error instanceof VkError ? PATIENCE[error.code] : MINUTE;
  const problem = error instanceof VkError ? `vk:${error.code}` : 'vk:unreachable';
  if (ms !== undefined && !isRefusedFile(error)) return { kind: 'wait', ms, problem };
  const trouble = vkTrouble(error);
  // A token that may not store files still answers without them: the page is well.
  return { kind: 'needs_you', problem: 'vk:files', trouble: trouble?.kind === 'token_dead' ? trouble : null };
}

/**
 * Sends a reply. `guid` and `random_id` make a repeat harmless, so an unclear end may be tried again; files
 * are put in place before.
 */
export async function sendVk(page: Page, reply: OutgoingReply, pace: TokenPace): Promise<SendResult> {
  if (isByHand(reply)) return { kind: 'needs_you', problem: 'vk:by_hand', trouble: null };
  if (reply.target.kind === 'comment' && reply.files.length > COMMENT_FILES.vk)
    return { kind: 'needs_you', problem: 'vk:many_files', trouble: null };
  let attached: string;
  try {
    attached = (await attachedTo(page, reply, pace)).join(',');
  } catch (error) {
    return notTaken(error);
  }
  try {
    return { kind: 'sent', link: await deliver(page, reply, attached, pace) };
  } catch (error) {
    if (!(error instanceof VkError)) return { kind: 'unclear', problem: 'vk:unreachable' };
    const problem = `vk:${error.code}`;
    const ms = PATIENCE[error.code];
    if (ms !== undefined) return { kind: 'wait', ms, problem };
    return { kind: 'needs_you', problem, trouble: vkTrouble(error) };
  }
}

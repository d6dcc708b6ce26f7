import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { assertNever } from '#shared/domain/must.ts';
import type { Channel, Outgoing, Pace, Sent } from '#server/channels/network.ts';
import { callVk, VkError } from './call.ts';
import { id } from './objects.ts';

const MINUTE = 60_000;

/** Errors that pass by themselves: too many calls, our own fault of pace, a fault inside VK, flood control, a method's quota. */
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
export function troubleOf(error: unknown): ChannelProblem | null {
  if (!(error instanceof VkError)) return { kind: 'unreachable', detail: '' };
  const kind = TROUBLE[error.code] ?? (error.code in PATIENCE ? 'limit_reached' : null);
  return kind === null ? null : { kind, detail: `vk:${error.code}` };
}

/** 32 bits of the key: `random_id` is an int, and VK keeps it for one conversation only. */
const randomIdOf = (key: string): string =>
  String(Number.parseInt(key.replaceAll('-', '').slice(-8), 16) & 0x7fffffff || 1);

/** Photos, videos, discussions and suggested posts take no comment from a community's token: a person answers there. */
const isByHand = ({ target }: Outgoing): boolean => target.kind === 'comment' && !/^\d+$/.test(target.post);

async function deliver(channel: Channel, { key, text, target }: Outgoing, pace: Pace): Promise<string> {
  switch (target.kind) {
    case 'comment': {
      const { owner, post, comment } = target;
      const params = { owner_id: owner, post_id: post, from_group: channel.pageId, message: text, guid: key };
      const answer = await callVk(
        channel,
        'community',
        'wall.createComment',
        comment === null ? params : { ...params, reply_to_comment: comment },
        pace,
      );
      const { comment_id: made } = z.looseObject({ comment_id: id }).parse(answer);
      return `https://vk.com/wall${owner}_${post}?reply=${made}`;
    }
    case 'direct': {
      const params = { peer_id: target.peer, message: text, random_id: randomIdOf(key) };
      await callVk(channel, 'community', 'messages.send', params, pace);
      return `https://vk.com/gim${channel.pageId}?sel=${target.peer}`;
    }
    default:
      return assertNever(target);
  }
}

/** Sends a reply. `guid` and `random_id` make a repeat harmless, so an unclear end may be tried again. */
export async function sendVk(channel: Channel, reply: Outgoing, pace: Pace): Promise<Sent> {
  if (isByHand(reply)) return { kind: 'needs_you', problem: 'vk:by_hand', trouble: null };
  try {
    return { kind: 'sent', link: await deliver(channel, reply, pace) };
  } catch (error) {
    if (!(error instanceof VkError)) return { kind: 'unclear', problem: 'vk:unreachable' };
    const problem = `vk:${error.code}`;
    const ms = PATIENCE[error.code];
    if (ms !== undefined) return { kind: 'wait', ms, problem };
    return { kind: 'needs_you', problem, trouble: troubleOf(error) };
  }
}

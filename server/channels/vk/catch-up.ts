import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Channel, Pace, RawEvent } from '#server/channels/network.ts';
import { callVk, VkError } from './call.ts';
import { id } from './objects.ts';

/** Posts looked through: residents write under the newest ones. */
const POSTS = 50;
const PAGE = 100;
/** As many answers to a comment as one call gives along with it. */
const THREAD_ITEMS = 10;

const itemSchema = z.looseObject({ id });
const commentSchema = z.looseObject({
  id,
  thread: z.looseObject({ count: z.int(), items: z.array(itemSchema).default([]) }).optional(),
});
const postsSchema = z.looseObject({ items: z.array(itemSchema) });
const commentsSchema = z.looseObject({ items: z.array(commentSchema) });

/** As the callback would have brought it, so that one parser reads both. */
function asEvent(channel: Channel, type: string, key: string, object: object): RawEvent {
  const event = { type, group_id: channel.pageId, event_id: key, v: '5.199', object };
  return { key, kind: type, raw: JSON.stringify(event) };
}

async function* commentsOf(
  channel: Channel,
  pace: Pace,
  post: string,
  parent: string | null,
): AsyncIterable<z.output<typeof commentSchema>> {
  const owner = `-${channel.pageId}`;
  for (let offset = 0; ; offset += PAGE) {
    const params = {
      owner_id: owner,
      post_id: post,
      count: String(PAGE),
      offset: String(offset),
      sort: 'desc',
      ...(parent === null ? { thread_items_count: String(THREAD_ITEMS) } : { comment_id: parent }),
    };
    const { items } = commentsSchema.parse(await ask(channel, 'wall.getComments', params, pace));
    yield* items;
    if (items.length < PAGE) return;
  }
}

async function* threadOf(
  channel: Channel,
  pace: Pace,
  post: string,
  comment: z.output<typeof commentSchema>,
): AsyncIterable<z.output<typeof itemSchema>> {
  const { thread } = comment;
  if (thread === undefined || thread.count === 0) return;
  if (thread.count <= thread.items.length) yield* thread.items;
  else yield* commentsOf(channel, pace, post, comment.id);
}

/** Deleted comments stay in VK's lists without an author; nothing can be made of one that was never seen. */
const isGone = (item: object): boolean => 'deleted' in item && item.deleted === true;

/** Of a turn that came too early by the network's clock, though not by ours, VK says so (error 6); it passes by itself. */
const TOO_FAST = 6;
const ATTEMPTS = 4;

async function ask(channel: Channel, method: string, params: Readonly<Record<string, string>>, pace: Pace) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await callVk(channel, 'read', method, params, pace);
    } catch (error) {
      if (!(error instanceof VkError) || error.code !== TOO_FAST || attempt === ATTEMPTS) throw error;
      await sleep(1000);
    }
  }
}

/** Comments under the newest posts. VK gives them to a user's or a service's token only. */
export async function* catchUpVk(channel: Channel, pace: Pace): AsyncIterable<RawEvent> {
  if (channel.secrets.readToken === null) return;
  const owner = `-${channel.pageId}`;
  const wall = await ask(channel, 'wall.get', { owner_id: owner, count: String(POSTS) }, pace);
  for (const post of postsSchema.parse(wall).items) {
    const event = (item: z.output<typeof itemSchema>): RawEvent =>
      asEvent(channel, 'wall_reply_new', `read:comment:${owner}_${item.id}`, {
        ...item,
        owner_id: owner,
        post_id: post.id,
        post_owner_id: owner,
      });
    for await (const comment of commentsOf(channel, pace, post.id, null)) {
      if (!isGone(comment)) yield event(comment);
      for await (const answer of threadOf(channel, pace, post.id, comment))
        if (!isGone(answer)) yield event(answer);
    }
  }
}

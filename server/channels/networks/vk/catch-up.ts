import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Fields, fieldsOf, idIn, listOf, numberIn, readBy } from '#server/channels/networks/lenient.ts';
import type { Page, TokenPace, RawEvent } from '#server/channels/networks/connector.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import { callVk, VkError } from './call.ts';

/** Posts looked through: residents write under the newest ones. */
const POSTS = 50;
const PAGE = 100;
/** As many answers to a comment as one call gives along with it. */
const THREAD_ITEMS = 10;

/**
 * The part of a list that is looked at; what cannot be named is stored all the same, and the log says that it
 * cannot be read.
 */
const itemsSchema = z.looseObject({ items: readBy(listOf) });
const threadSchema = z.looseObject({
  count: readBy((value) => numberIn(value) ?? 0),
  items: readBy(listOf),
});

/** As the callback would have brought it, so that one parser reads both. */
function asEvent(page: Page, type: string, key: string, object: object): RawEvent {
  const event = { type, group_id: page.pageId, event_id: key, v: '5.199', object };
  return { key, kind: type, raw: JSON.stringify(event) };
}

async function* commentsOf(
  page: Page,
  pace: TokenPace,
  post: string,
  parent: string | null,
): AsyncIterable<unknown> {
  const owner = `-${page.pageId}`;
  for (let offset = 0; ; offset += PAGE) {
    const params = {
      owner_id: owner,
      post_id: post,
      count: String(PAGE),
      offset: String(offset),
      sort: 'desc',
      ...(parent === null ? { thread_items_count: String(THREAD_ITEMS) } : { comment_id: parent }),
    };
    const { items } = itemsSchema.parse(await ask(page, 'wall.getComments', params, pace));
    yield* items;
    if (items.length < PAGE) return;
  }
}

async function* threadOf(page: Page, pace: TokenPace, post: string, comment: Fields): AsyncIterable<unknown> {
  const { count, items } = threadSchema.parse(fieldsOf(comment['thread']));
  const parent = idIn(comment['id']);
  if (count <= items.length || parent === null) yield* items;
  else yield* commentsOf(page, pace, post, parent);
}

/** Deleted comments stay in VK's lists without an author; nothing can be made of one that was never seen. */
const isGone = (item: unknown): boolean => fieldsOf(item)['deleted'] === true;

/**
 * Of a turn that came too early by the network's clock, though not by ours, VK says so (error 6); it passes
 * by itself.
 */
const TOO_FAST = 6;
const ATTEMPTS = 4;

async function ask(page: Page, method: string, params: Readonly<Record<string, string>>, pace: TokenPace) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await callVk(page, 'read', method, params, pace);
    } catch (error) {
      if (!(error instanceof VkError) || error.code !== TOO_FAST || attempt === ATTEMPTS) throw error;
      await sleep(1000);
    }
  }
}

/** Comments under the newest posts. VK gives them to a user's or a service's token only. */
export async function* catchUpVk(page: Page, pace: TokenPace): AsyncIterable<RawEvent> {
  if (page.secrets.readToken === null) return;
  const owner = `-${page.pageId}`;
  const wall = await ask(page, 'wall.get', { owner_id: owner, count: String(POSTS) }, pace);
  const posts = itemsSchema.parse(wall).items.flatMap((post) => idIn(fieldsOf(post)['id']) ?? []);
  for (const post of posts) {
    const event = (item: unknown): RawEvent => {
      const number = idIn(fieldsOf(item)['id']);
      const name = number === null ? hashOfText(JSON.stringify(item)) : `comment:${owner}_${number}`;
      const place = { owner_id: owner, post_id: post, post_owner_id: owner };
      return asEvent(page, 'wall_reply_new', `read:${name}`, { ...fieldsOf(item), ...place });
    };
    for await (const comment of commentsOf(page, pace, post, null)) {
      if (!isGone(comment)) yield event(comment);
      for await (const answer of threadOf(page, pace, post, fieldsOf(comment)))
        if (!isGone(answer)) yield event(answer);
    }
  }
}

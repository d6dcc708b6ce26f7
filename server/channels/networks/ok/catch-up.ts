import { z } from 'zod';
import { fieldsOf, flag, items, listOf, name, readBy } from '#server/channels/networks/lenient.ts';
import type { Page, TokenPace, RawEvent } from '#server/channels/networks/connector.ts';
import { callRest, restKeys } from './call.ts';
import { chatsOk } from './chats.ts';
import { hashOfText } from '#server/channels/networks/hash-of-text.ts';
import { okId } from './objects.ts';

/** Our own name for a comment: no webhook brings one. */
export const OK_COMMENT = 'COMMENT';

/** Topics looked through: residents write under the newest ones. */
const TOPICS = 50;
const PAGE = 100;
/** An endless list is somebody's fault; 10,000 comments under one topic are not. */
const MAX_PAGES = 100;

const topicsSchema = z.looseObject({ media_topics: items(z.looseObject({ id: okId })) });
const userSchema = z.looseObject({ uid: okId, name });
const commentsSchema = z.looseObject({
  comments: readBy(listOf),
  entities: readBy((value) => items(userSchema).parse(fieldsOf(value)['users'])),
  has_more: flag,
  anchor: z.string().optional().catch(undefined),
});
const commentSchema = z.looseObject({
  id: okId.nullable().catch(null),
  author_id: okId.nullable().catch(null),
});

/**
 * A comment as it is stored. One that cannot be named is its own key; reading it fails, and the log says so.
 */
function eventOf(topic: string, comment: unknown, names: ReadonlyMap<string, string>): RawEvent {
  const { id: number, author_id: from } = commentSchema.parse(fieldsOf(comment));
  const raw = JSON.stringify({ topic, comment, author: names.get(from ?? '') ?? '' });
  const key = number === null ? hashOfText(raw) : `comment:${topic}_${number}`;
  return { key: `read:${key}`, kind: OK_COMMENT, raw };
}

/** All comments under a topic, as catching up stores them. */
export async function* commentsUnder(page: Page, topic: string, pace: TokenPace): AsyncIterable<RawEvent> {
  let anchor: string | undefined;
  for (let fetched = 0; fetched < MAX_PAGES; fetched += 1) {
    const params = { discussionId: topic, discussionType: 'GROUP_TOPIC', count: String(PAGE) };
    const answer = await callRest(
      page,
      'discussions.getComments',
      anchor === undefined ? params : { ...params, anchor },
      pace,
    );
    const { comments, entities, has_more: hasMore, anchor: next } = commentsSchema.parse(answer);
    const names = new Map(entities.map((user) => [user.uid, user.name]));
    for (const comment of comments) yield eventOf(topic, comment, names);
    if (!hasMore || next === undefined || next === anchor) return;
    anchor = next;
  }
}

/**
 * Messages of the group's chats, and comments under its newest topics, which no webhook brings: those take
 * the application's keys.
 */
export async function* catchUpOk(page: Page, pace: TokenPace): AsyncIterable<RawEvent> {
  yield* chatsOk(page, pace);
  if (restKeys(page) === null) return;
  const params = { gid: page.pageId, count: String(TOPICS) };
  const topics = topicsSchema.parse(await callRest(page, 'mediatopic.getTopics', params, pace));
  for (const topic of topics.media_topics) yield* commentsUnder(page, topic.id, pace);
}

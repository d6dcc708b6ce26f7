import { z } from 'zod';
import type { Channel, Pace, RawEvent } from '#server/channels/network.ts';
import { callRest, restKeys } from './call.ts';
import { chatsOk } from './chats.ts';
import { id } from './objects.ts';

/** Our own name for a comment: no webhook brings one. */
export const COMMENT = 'COMMENT';

/** Topics looked through: residents write under the newest ones. */
const TOPICS = 50;
const PAGE = 100;
/** An endless list is somebody's fault; 10,000 comments under one topic are not. */
const MAX_PAGES = 100;

const topicsSchema = z.looseObject({ media_topics: z.array(z.looseObject({ id })).default([]) });
const commentsSchema = z.looseObject({
  comments: z.array(z.looseObject({ id, author_id: id })).default([]),
  entities: z
    .looseObject({ users: z.array(z.looseObject({ uid: id, name: z.string().default('') })).default([]) })
    .default({ users: [] }),
  has_more: z.boolean().default(false),
  anchor: z.string().optional(),
});

/** All comments under a topic, as catching up stores them. */
export async function* commentsUnder(channel: Channel, topic: string, pace: Pace): AsyncIterable<RawEvent> {
  let anchor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = { discussionId: topic, discussionType: 'GROUP_TOPIC', count: String(PAGE) };
    const answer = await callRest(
      channel,
      'discussions.getComments',
      anchor === undefined ? params : { ...params, anchor },
      pace,
    );
    const { comments, entities, has_more: hasMore, anchor: next } = commentsSchema.parse(answer);
    const names = new Map(entities.users.map(({ uid, name }) => [uid, name]));
    for (const comment of comments) {
      const author = names.get(comment.author_id) ?? '';
      const key = `read:comment:${topic}_${comment.id}`;
      yield { key, kind: COMMENT, raw: JSON.stringify({ topic, comment, author }) };
    }
    if (!hasMore || next === undefined || next === anchor) return;
    anchor = next;
  }
}

/** Messages of the group's chats, and comments under its newest topics, which no webhook brings: those take the application's keys. */
export async function* catchUpOk(channel: Channel, pace: Pace): AsyncIterable<RawEvent> {
  yield* chatsOk(channel, pace);
  if (restKeys(channel) === null) return;
  const params = { gid: channel.pageId, count: String(TOPICS) };
  const topics = topicsSchema.parse(await callRest(channel, 'mediatopic.getTopics', params, pace));
  for (const topic of topics.media_topics) yield* commentsUnder(channel, topic.id, pace);
}

import { z } from 'zod';
import type { FoundMessage } from '#shared/protocol/look-up.ts';
import type { MessageLink } from '#shared/text/message-link.ts';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { foundMessage, lookUpFailure } from '#server/channels/networks/look-up-answer.ts';
import type { Page, LookUpResult, TokenPace } from '#server/channels/networks/connector.ts';
import { callRest, restKeys } from './call.ts';
import { commentsUnder } from './catch-up.ts';
import { okId, storedCommentSchema } from './objects.ts';
import { okComment, okName, OK_SITE } from './read.ts';
import { okTrouble } from './send.ts';

const topicsSchema = z.looseObject({
  media_topics: z
    .array(
      z.looseObject({
        created_ms: z.number(),
        author_ref: z.string().regex(/^(?:user|group):\d{1,20}$/),
        media: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
      }),
    )
    .default([]),
});
const namesSchema = z.array(z.looseObject({ uid: okId, name: z.string().default('') }));

/** A person's or a group's name and address, by `user:1` or `group:1`. */
async function authorOf(page: Page, ref: string, pace: TokenPace): Promise<FoundMessage['author']> {
  const [kind = '', uid = ''] = ref.split(':');
  const [method, place] = kind === 'group' ? ['group.getInfo', 'group'] : ['users.getInfo', 'profile'];
  const params = { uids: uid, fields: 'uid,name' };
  const [found] = namesSchema.parse(await callRest(page, method, params, pace));
  return { name: okName(found?.name, uid), url: `${OK_SITE}/${place}/${uid}` };
}

async function topicOf(page: Page, topic: string, pace: TokenPace): Promise<FoundMessage | null> {
  const params = { topic_ids: topic, fields: 'media_topic.*' };
  const answer = topicsSchema.parse(await callRest(page, 'mediatopic.getByIds', params, pace));
  const [found] = answer.media_topics;
  if (found === undefined) return null;
  const texts = found.media.flatMap(({ type, text = '' }) => (type === 'text' ? [text.trim()] : []));
  return {
    text: texts.filter((text) => text !== '').join('\n\n'),
    at: found.created_ms,
    author: await authorOf(page, found.author_ref, pace),
    hasMedia: found.media.some(({ type }) => type !== 'text'),
  };
}

async function foundAt(page: Page, topic: string, comment: string | null, pace: TokenPace) {
  if (comment === null) return topicOf(page, topic, pace);
  for await (const { key, raw } of commentsUnder(page, topic, pace))
    if (key === `read:comment:${topic}_${comment}`)
      return foundMessage(okComment(page, storedCommentSchema.parse(parseExact(raw))));
  return null;
}

/** Reads a topic, or a comment under it, by the keys of the page's application. */
export async function lookUpOk(page: Page, link: MessageLink, pace: TokenPace): Promise<LookUpResult> {
  const { post: topic, comment } = link;
  if (topic === null) return { copy: null, answer: { failure: 'not_a_message' } };
  const copy = comment === null ? null : { key: `comment:${topic}_${comment}` };
  if (restKeys(page) === null) return { copy, answer: { failure: 'no_page' } };
  try {
    const message = await foundAt(page, topic, comment, pace);
    return { copy, answer: message === null ? { failure: 'not_found' } : { message } };
  } catch (error) {
    return { copy, answer: { failure: lookUpFailure(okTrouble(error)) } };
  }
}

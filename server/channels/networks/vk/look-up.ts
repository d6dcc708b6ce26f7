import { z } from 'zod';
import type { LookUp, LookUpFailure } from '#shared/protocol/look-up.ts';
import type { MessageLink } from '#shared/text/message-link.ts';
import type { Page, LookUpResult, TokenPace } from '#server/channels/networks/connector.ts';
import { callVk, VkError } from './call.ts';
import { id } from './objects.ts';

const itemSchema = z.looseObject({
  from_id: id,
  date: z.number(),
  text: z.string().default(''),
  attachments: z.array(z.unknown()).default([]),
  deleted: z.boolean().optional(),
});
const answerSchema = z.looseObject({
  items: z.array(z.unknown()).default([]),
  profiles: z.array(z.looseObject({ id, first_name: z.string(), last_name: z.string() })).default([]),
  groups: z.array(z.looseObject({ id, name: z.string() })).default([]),
});

const FAILURES: Readonly<Record<number, LookUpFailure>> = {
  5: 'no_rights',
  6: 'limit_reached',
  7: 'no_rights',
  9: 'limit_reached',
  15: 'no_rights',
  18: 'not_found',
  29: 'limit_reached',
  30: 'no_rights',
  100: 'not_found',
  211: 'no_rights',
  212: 'no_rights',
};

function authorOf(
  from: string,
  { profiles, groups }: z.output<typeof answerSchema>,
): { name: string; url: string } {
  if (from.startsWith('-')) {
    const group = groups.find((candidate) => candidate.id === from.slice(1));
    return { name: group?.name ?? `club${from.slice(1)}`, url: `https://vk.com/club${from.slice(1)}` };
  }
  const profile = profiles.find((candidate) => candidate.id === from);
  const name = profile === undefined ? '' : `${profile.first_name} ${profile.last_name}`.trim();
  return { name: name || `id${from}`, url: `https://vk.com/id${from}` };
}

async function ask(page: Page, owner: string, link: MessageLink, pace: TokenPace): Promise<unknown> {
  return link.comment === null
    ? callVk(page, 'read', 'wall.getById', { posts: `${owner}_${link.post}`, extended: '1' }, pace)
    : callVk(
        page,
        'read',
        'wall.getComment',
        { owner_id: owner, comment_id: link.comment, extended: '1' },
        pace,
      );
}

/** By what our own copy is known; `read.ts` writes the same. */
const keyOf = ({ owner, post, comment }: MessageLink): string =>
  comment === null ? `post:${owner}_${post}` : `comment:${owner}_${comment}`;

async function read(page: Page, owner: string, link: MessageLink, pace: TokenPace): Promise<LookUp> {
  const answer = answerSchema.parse(await ask(page, owner, link, pace));
  const item = itemSchema.safeParse(answer.items[0]);
  // A deleted comment is given without an author.
  if (!item.success || item.data.deleted === true) return { failure: 'not_found' };
  const { from_id: from, date, text, attachments } = item.data;
  return {
    message: { text, at: date * 1000, author: authorOf(from, answer), hasMedia: attachments.length > 0 },
  };
}

/** Reads one post or comment by the page's reading token, with the name of who wrote it. */
export async function lookUpVk(page: Page, link: MessageLink, pace: TokenPace): Promise<LookUpResult> {
  if (link.owner === null) return { copy: null, answer: { failure: 'not_a_message' } };
  const copy = { key: keyOf(link) };
  if (page.secrets.readToken === null) return { copy, answer: { failure: 'no_page' } };
  try {
    return { copy, answer: await read(page, link.owner, link, pace) };
  } catch (error) {
    const failure = error instanceof VkError ? (FAILURES[error.code] ?? 'not_found') : 'unreachable';
    return { copy, answer: { failure } };
  }
}

import { z } from 'zod';
import type { MessageLink } from '#shared/text/message-link.ts';
import { foundMessage, lookUpFailure } from '#server/channels/networks/look-up-answer.ts';
import type { Page, IncomingMessage, LookUpResult, TokenPace } from '#server/channels/networks/connector.ts';
import { callMax } from './call.ts';
import { commentsPath, messagePages } from './list.ts';
import { maybe, maxMessageSchema, type MaxMessage } from './objects.ts';
import { maxMessage } from './read.ts';
import { maxTrouble } from './trouble.ts';

/** Pages of a hundred posts that are looked through: some years of a channel. */
const MAX_PAGES = 20;

const chatSchema = z.looseObject({ title: maybe(z.string()), link: maybe(z.string()) });
type Chat = z.output<typeof chatSchema>;

/** The last part of an address, whose letters' case MAX does not mind in names and does in numbers. */
const tailOf = (url: string | null): string =>
  url === null || !URL.canParse(url) ? '' : (new URL(url).pathname.split('/').at(-1) ?? '');

/** True when an address leads into this page's channel, by its number or by its name. */
const isOwn = ({ pageId }: Page, { link }: Chat, { owner }: MessageLink): boolean =>
  owner === pageId || (owner !== null && tailOf(link).toLowerCase() === owner.toLowerCase());

/** MAX documents no way from an address to a message: posts are looked through for the one that has it. */
async function postAt(page: Page, tail: string, pace: TokenPace): Promise<MaxMessage | null> {
  let pages = 0;
  for await (const { messages } of messagePages(page, '/messages', { chat_id: page.pageId }, pace)) {
    const found = messages.find(({ url }) => tailOf(url) === tail);
    if (found !== undefined) return found;
    pages += 1;
    if (pages === MAX_PAGES) return null;
  }
  return null;
}

async function commentAt(
  page: Page,
  post: MaxMessage,
  comment: string,
  pace: TokenPace,
): Promise<MaxMessage> {
  const path = `${commentsPath(post.body?.mid ?? '')}/${encodeURIComponent(comment)}`;
  return maxMessageSchema.parse(await callMax(page, { method: 'GET', path }, pace));
}

/** Names the channel as author of a message without a sender. */
const withAuthor = (
  incoming: IncomingMessage,
  { sender }: MaxMessage,
  { title, link }: Chat,
): IncomingMessage =>
  sender !== null ? incoming : { ...incoming, author: { name: title ?? '', url: link ?? incoming.placeUrl } };

async function read(page: Page, link: MessageLink, pace: TokenPace): Promise<LookUpResult> {
  const path = `/chats/${page.pageId}`;
  const chat = chatSchema.parse(await callMax(page, { method: 'GET', path }, pace));
  if (!isOwn(page, chat, link)) return { copy: null, answer: { failure: 'not_ours' } };
  const post = await postAt(page, link.post ?? '', pace);
  if (post === null) return { copy: null, answer: { failure: 'not_found' } };
  const message = link.comment === null ? post : await commentAt(page, post, link.comment, pace);
  const incoming = withAuthor(maxMessage(page, message), message, chat);
  return { copy: { key: incoming.key }, answer: { message: foundMessage(incoming) } };
}

/** Reads a post of the page's own channel, or a comment under it; a bot sees no other channels. */
export async function lookUpMax(page: Page, link: MessageLink, pace: TokenPace): Promise<LookUpResult> {
  try {
    return await read(page, link, pace);
  } catch (error) {
    const trouble = maxTrouble(error);
    return {
      copy: null,
      answer: { failure: trouble?.kind === 'no_such_page' ? 'not_found' : lookUpFailure(trouble) },
    };
  }
}

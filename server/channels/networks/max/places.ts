import type { ReplyTarget } from '#server/channels/networks/connector.ts';
import type { MaxMessage } from './objects.ts';

/** The web client opens a chat by its number; comments and closed channels have no address of their own. */
export const webOf = (chat: string): string => `https://web.max.ru/${chat}`;

/**
 * Where an answer goes: under the post, as an answer to the comment; else into the chat or to the person, in
 * a group as an answer to the message. A comment that names no post (MAX does not promise it) leaves the post
 * empty.
 */
export function maxTarget({ recipient, sender, body }: MaxMessage): ReplyTarget {
  const { chat_type: type, chat_id: chat, post_id: post } = recipient;
  if (post !== null || type === 'channel')
    return { kind: 'comment', owner: chat ?? '', post: post ?? '', comment: body?.mid ?? null };
  if (chat === null) return { kind: 'direct', peer: `user_id:${sender?.user_id ?? ''}` };
  const answered = type === 'dialog' ? null : (body?.mid ?? null);
  return { kind: 'direct', peer: `chat_id:${chat}${answered === null ? '' : `:${answered}`}` };
}

/** A conversation as `targetOf` wrote it. `by` is the name MAX gives the parameter. */
export function conversationOf(peer: string): { by: string; id: string; answerTo: string | null } {
  const [by = '', id = '', answerTo = null] = peer.split(':');
  return { by, id, answerTo };
}

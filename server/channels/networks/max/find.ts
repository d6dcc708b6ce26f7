import type { Instant } from '#shared/domain/instant.ts';
import type { Page, OutgoingText, TokenPace } from '#server/channels/networks/connector.ts';
import { commentsPath, messagePages } from './list.ts';
import type { MaxMessage } from './objects.ts';
import { conversationOf, webOf } from './places.ts';

/**
 * Where a reply would stand, and what it would answer. Conversations known by the person alone cannot be
 * read.
 */
function placeOf(
  page: Page,
  { target }: OutgoingText,
): { path: string; chat: string; answerTo: string | null } | null {
  if (target.kind === 'comment') {
    if (target.post === '') return null;
    return { path: commentsPath(target.post), chat: page.pageId, answerTo: target.comment };
  }
  const { by, id, answerTo } = conversationOf(target.peer);
  return by === 'chat_id' ? { path: '/messages', chat: id, answerTo } : null;
}

const isOurs = ({ sender }: MaxMessage): boolean => sender === null || sender.is_bot;

/**
 * Looks whether a reply that was possibly sent stands where it was to go: our words, answering the same
 * message, since then.
 */
export async function findMax(
  page: Page,
  reply: OutgoingText,
  since: Instant,
  pace: TokenPace,
): Promise<string | null> {
  const place = placeOf(page, reply);
  if (place === null) return null;
  const query = { after: String(since), ...(reply.target.kind === 'direct' && { chat_id: place.chat }) };
  for await (const { messages } of messagePages(page, place.path, query, pace)) {
    const found = messages.find(
      (message) =>
        (message.timestamp ?? 0) >= since &&
        isOurs(message) &&
        (place.answerTo === null || message.link?.message?.mid === place.answerTo) &&
        message.body?.text.trim() === reply.text.trim(),
    );
    if (found !== undefined) return found.url ?? webOf(place.chat);
  }
  return null;
}

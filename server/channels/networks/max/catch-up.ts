import type { Page, TokenPace, RawEvent } from '#server/channels/networks/connector.ts';
import { MaxError } from './call.ts';
import { maxEvent } from './events.ts';
import { commentsPath, messagePage, messagePages } from './list.ts';
import type { MaxMessage } from './objects.ts';

/** Posts looked through: residents write under the newest ones. */
const POSTS = 50;

/** Keeps as it is what is not written as MAX promises: reading it fails, and the log says so. */
const oddEvent = (kind: string, message: unknown): RawEvent =>
  maxEvent(JSON.stringify({ update_type: kind, message }));

/** As the callback would have brought it, so that one parser reads both. */
const asEvent = (kind: string, message: MaxMessage): RawEvent => ({
  key: `read:message:${message.body?.mid ?? ''}`,
  kind,
  raw: JSON.stringify({ update_type: kind, timestamp: message.timestamp, message }),
});

async function* commentsUnder(
  page: Page,
  { body, url }: MaxMessage,
  pace: TokenPace,
): AsyncIterable<RawEvent> {
  const post = body?.mid ?? null;
  if (post === null) return;
  const recipient = { chat_type: 'channel', chat_id: page.pageId, post_id: post };
  try {
    for await (const { messages, odd } of messagePages(page, commentsPath(post), {}, pace)) {
      // A comment has no address; its post's leads at least there.
      for (const comment of messages)
        yield asEvent('comment_created', {
          ...comment,
          recipient: { ...comment.recipient, ...recipient },
          url,
        });
      for (const message of odd) yield oddEvent('comment_created', message);
    }
  } catch (error) {
    // The post was deleted meanwhile.
    if (!(error instanceof MaxError && error.status === 404)) throw error;
  }
}

/**
 * Comments under the newest posts of a channel; the newest messages of a group. Conversations with a bot
 * cannot be listed.
 */
export async function* catchUpMax(page: Page, pace: TokenPace): AsyncIterable<RawEvent> {
  const query = { chat_id: page.pageId, count: String(POSTS) };
  const { messages, odd } = await messagePage(page, '/messages', query, pace);
  for (const message of odd) yield oddEvent('message_created', message);
  for (const message of messages) {
    if (message.recipient.chat_type === 'channel') yield* commentsUnder(page, message, pace);
    else yield asEvent('message_created', message);
  }
}

import type { ChannelFile } from '#shared/domain/media.ts';
import { inspectPhoto, type PhotoFetch } from '#server/media/fetch-photo.ts';
import { AnswerTooLarge } from '#server/net/read-body.ts';
import type { Inbox } from './inbox.ts';

/**
 * Fetches a photo that only its page can have. It goes where the page's calls go, which its administrator
 * said. Throws what the database throws.
 */
export async function fetchPagePhoto(
  { pages }: Pick<Inbox, 'pages'>,
  region: string,
  { channel: id, file }: ChannelFile,
): Promise<PhotoFetch> {
  const connected = await pages.connect(region, id);
  if (connected === null) return { ok: false, refusal: 'gone' };
  const { page, connector } = connected;
  try {
    const bytes = await connector.photo?.(page, file, page.pace);
    return bytes === undefined || bytes === null ? { ok: false, refusal: 'gone' } : inspectPhoto(bytes);
  } catch (error) {
    return { ok: false, refusal: error instanceof AnswerTooLarge ? 'too_large' : 'unreachable' };
  }
}

import type { ChannelFile } from '#shared/domain/media.ts';
import { judgePhoto, type PhotoFetch } from '#server/media/fetch-photo.ts';
import { AnswerTooLarge } from '#server/net/read-body.ts';
import type { Channels } from '#server/channels/channels.ts';
import { paceOf } from '#server/channels/networks/pace.ts';

/**
 * Fetches a photo that only its page can have. It goes where the page's calls go, which its administrator
 * said. Throws what the database throws.
 */
export async function fetchPagePhoto(
  channels: Channels,
  region: string,
  { channel: id, file }: ChannelFile,
): Promise<PhotoFetch> {
  const channel = await channels.find(region, id);
  const connector = channel === null ? null : channels.connector(channel.network);
  if (channel === null || connector === null) return { ok: false, refusal: 'gone' };
  try {
    const bytes = await connector.photo?.(channel, file, paceOf(channels.db, region));
    return bytes === undefined || bytes === null ? { ok: false, refusal: 'gone' } : judgePhoto(bytes);
  } catch (error) {
    return { ok: false, refusal: error instanceof AnswerTooLarge ? 'too_large' : 'unreachable' };
  }
}

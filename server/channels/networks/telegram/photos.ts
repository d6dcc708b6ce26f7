import { z } from 'zod';
import { channelFileAddress } from '#shared/domain/media.ts';
import { items } from '#server/channels/networks/lenient.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { requestBytes } from '#server/channels/networks/request-text.ts';
import { AnswerTooLarge } from '#server/net/read-body.ts';
import { callTelegram, fileUrl, TelegramError } from './call.ts';
import type { TelegramMessage } from './objects.ts';

/** The Bot API hands out no larger files. */
const MAX_BYTES = 20 * 1024 ** 2;
/** Types of a camera's file that is sent «as a file»; the bytes are judged when they are fetched. */
const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

const name = z.string().regex(/^[\w-]{1,300}$/);
/**
 * Told by the file itself when it is fetched, so only a size that is known to be too large keeps it from
 * being shown.
 */
const bytes = z
  .unknown()
  .optional()
  .refine((size) => typeof size !== 'number' || size <= MAX_BYTES);
const side = z.number().catch(0);
const photoSchema = items(z.looseObject({ file_id: name, width: side, height: side, file_size: bytes }));
const documentSchema = z.looseObject({ file_id: name, mime_type: z.enum(IMAGES), file_size: bytes });

/** Of a photo in several sizes the largest. */
function largestOf(photo: unknown): string[] {
  const sizes = photoSchema.parse(photo);
  const [largest] = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return largest === undefined ? [] : [largest.file_id];
}

function imageOf(document: unknown): string[] {
  const read = documentSchema.safeParse(document);
  return read.success ? [read.data.file_id] : [];
}

/**
 * Photos of a message, sent as such or as a file. What is not as Telegram says it is, is left out: a picture
 * is not worth losing the words.
 */
export const telegramPhotos = ({ id }: Page, message: TelegramMessage): string[] =>
  [...largestOf(message['photo']), ...imageOf(message['document'])].map((file) =>
    channelFileAddress({ channel: id, file }),
  );

/**
 * A path inside the bot's files, and nowhere else. A Bot API server of one's own may name a place on its
 * disk: no path for a call.
 */
const fileSchema = z.looseObject({
  file_path: z
    .string()
    .max(500)
    .regex(/^\w[\w.-]*(?:\/\w[\w.-]*)*$/),
});

/** Where a file lies for the next hour; null when the bot cannot have it any more. */
async function pathOf(page: Page, file: string, pace: TokenPace): Promise<string | null> {
  try {
    const answer = await callTelegram(page, 'getFile', { file_id: file }, pace);
    return fileSchema.safeParse(answer).data?.file_path ?? null;
  } catch (error) {
    if (!(error instanceof TelegramError) || error.code !== 400) throw error;
    if (error.reason.includes('too big')) throw new AnswerTooLarge();
    return null;
  }
}

/** Fetches a photo. Its address holds the token, so nobody but this call ever has it. */
export async function photoOfTelegram(page: Page, file: string, pace: TokenPace): Promise<Buffer | null> {
  const path = await pathOf(page, file, pace);
  if (path === null) return null;
  const { certificate } = page;
  const request = { method: 'GET', certificate, maxBytes: MAX_BYTES } as const;
  const { status, body } = await requestBytes(fileUrl(page, path), request);
  if (status === 404) return null;
  if (status !== 200) throw new TelegramError(status, 'file');
  return body;
}

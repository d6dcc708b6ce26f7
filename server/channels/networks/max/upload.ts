import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, OutgoingFile, TokenPace } from '#server/channels/networks/connector.ts';
import { uploadToNetwork, FileUploadError } from '#server/channels/networks/upload-file.ts';
import { callMax } from './call.ts';

const addressSchema = z.looseObject({ url: z.string().max(4000) });
const tokenSchema = z.looseObject({ token: z.string().min(1) });
const imageSchema = z.looseObject({ photos: z.record(z.string(), tokenSchema) });

/** MAX's bound of a picture, pixels a side. */
const PICTURE_SIDE = 7680;

const isImage = ({ type, width, height }: OutgoingFile): boolean =>
  type !== 'application/pdf' && (width ?? 0) <= PICTURE_SIDE && (height ?? 0) <= PICTURE_SIDE;

/** Puts a file into MAX and gives it as a message attaches it. Harmless when it is repeated. */
export async function uploadedAttachment(page: Page, file: OutgoingFile, pace: TokenPace): Promise<object> {
  const type = isImage(file) ? 'image' : 'file';
  const { url } = addressSchema.parse(
    await callMax(page, { method: 'POST', path: '/uploads', query: { type } }, pace),
  );
  const answer = await uploadToNetwork(page, url, 'data', file);
  try {
    const parsed = parseExact(answer);
    // Of a picture MAX gives a token for each size; they go back together.
    const payload =
      type === 'image'
        ? { photos: imageSchema.parse(parsed).photos }
        : { token: tokenSchema.parse(parsed).token };
    return { type, payload };
  } catch {
    throw new FileUploadError('answer');
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Page, OutgoingFile, TokenPace } from '#server/channels/networks/connector.ts';
import { uploadToNetwork, FileUploadError } from '#server/channels/networks/upload-file.ts';
import { callGraph } from './call.ts';

/** Attachments of one message (graph.chat.messages). */
export const MAX_FILES = 5;
/** The network asks for «seconds» between an upload and its message (graph.user.fileUploadUrl). */
const SETTLE_MS = 3000;

const token = z.string().min(1);
const addressSchema = z.looseObject({ url: z.string().max(4000), token: token.optional() });
const imageSchema = z.looseObject({ photos: z.record(z.string(), z.looseObject({ token })) });

async function attachmentOf(page: Page, file: OutgoingFile, pace: TokenPace): Promise<object> {
  const type = file.type === 'image/jpeg' || file.type === 'image/png' ? 'IMAGE' : 'FILE';
  const answer = await callGraph(page, 'me/fileUploadUrl', pace, { params: { type } });
  const place = addressSchema.parse(answer);
  const body = await uploadToNetwork(page, place.url, 'pic1', file);
  // A picture's token comes with its upload, any other file's with the address.
  const made = type === 'FILE' ? place.token : Object.values(imageOf(body)).at(0)?.token;
  if (made === undefined) throw new FileUploadError('no token');
  return { type, payload: { token: made } };
}

function imageOf(body: string): z.output<typeof imageSchema>['photos'] {
  try {
    return imageSchema.parse(parseExact(body)).photos;
  } catch {
    throw new FileUploadError('answer');
  }
}

/**
 * Puts a reply's files into Odnoklassniki and gives them as a message attaches them. Harmless when it is
 * repeated.
 */
export async function uploadedAttachments(
  page: Page,
  files: readonly OutgoingFile[],
  pace: TokenPace,
): Promise<readonly object[]> {
  const attachments: object[] = [];
  for (const file of files) attachments.push(await attachmentOf(page, file, pace));
  if (attachments.length > 0) await sleep(SETTLE_MS);
  return attachments;
}

import { z } from 'zod';
import type { Fields } from '#server/channels/networks/lenient.ts';

const imageSchema = z.looseObject({
  type: z.literal('IMAGE'),
  payload: z.looseObject({ url: z.string() }),
});

/**
 * Addresses of the images among attachments. What is not as the network says it is, is left out: a picture is
 * not worth losing the words.
 */
export const okPhotos = (attachments: readonly Fields[]): string[] =>
  attachments.flatMap((attachment) => imageSchema.safeParse(attachment).data?.payload.url ?? []);

import { z } from 'zod';
import { items, type Fields } from '#server/channels/networks/lenient.ts';

const size = z.looseObject({ url: z.string(), width: z.number(), height: z.number() });
const photoSchema = z.looseObject({
  photo: z.looseObject({ sizes: items(size), orig_photo: size.nullable().catch(null) }),
});

const largest = (sizes: readonly z.output<typeof size>[]): string[] =>
  sizes
    .toSorted((a, b) => b.width * b.height - a.width * a.height)
    .slice(0, 1)
    .map(({ url }) => url);

/**
 * Addresses of the photos among attachments, each in its largest size. What is not as VK says it is, is left
 * out: a picture is not worth losing the words.
 */
export const vkPhotos = (attachments: readonly Fields[]): string[] =>
  attachments
    .filter(({ type }) => type === 'photo')
    .flatMap((attachment) => {
      const read = photoSchema.safeParse(attachment);
      if (!read.success) return [];
      const { sizes, orig_photo: original } = read.data.photo;
      return largest(original === null ? sizes : [...sizes, original]);
    });

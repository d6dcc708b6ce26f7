import { z } from 'zod';
import { changesResponseSchema } from '#shared/protocol/sync.ts';

/** A page of the feed whose changes are not read yet: one that cannot be must not take the others with it. */
export const feedPageSchema = changesResponseSchema.extend({ changes: z.array(z.unknown()) });
export type FeedPage = z.infer<typeof feedPageSchema>;

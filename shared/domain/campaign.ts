import { z } from 'zod';
import { referenceName } from './bounds.ts';

const date = z.iso.date();
const link = z.object({ title: z.string().max(300), url: z.string().max(2000) });

/**
 * An information campaign: what the centre told residents because they kept asking («информационная
 * кампания»).
 */
export const campaignSchema = z.object({
  id: z.uuid(),
  title: z.string().trim().min(1).max(300),
  /** Groups and topics it answers; a topic is named within its group, '' means the whole group. */
  topics: z.array(z.object({ group: referenceName.min(1), topic: referenceName })).max(50),
  /** The reason it was held. */
  reason: z.string().max(2000),
  /** Local days, both inside. */
  from: date,
  to: date,
  materials: z.array(link).max(50),
  posts: z.array(z.object({ network: z.string().max(40), url: z.string().max(2000), date })).max(200),
  /** Views of its posts, as far as somebody counted them. */
  reach: z.number().int().min(0).max(2_147_483_647).nullable(),
  note: z.string().max(4000),
});
/** See {@link campaignSchema}. */
export type Campaign = Readonly<z.infer<typeof campaignSchema>>;

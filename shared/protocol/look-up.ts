import { z } from 'zod';

/** Why a message could not be read from its network; the console has a sentence for each. */
export const LOOK_UP_FAILURES = [
  'not_a_message',
  'no_connector',
  'no_page',
  'not_found',
  'no_rights',
  'limit_reached',
  'unreachable',
] as const;
export type LookUpFailure = (typeof LOOK_UP_FAILURES)[number];

export const lookUpRequestSchema = z.strictObject({ url: z.string().trim().min(1).max(2000) });

/** What the network says of a message. `at` in epoch milliseconds. */
const foundMessageSchema = z.object({
  text: z.string(),
  at: z.int(),
  author: z.object({ name: z.string(), url: z.string() }),
  hasMedia: z.boolean(),
});
export type FoundMessage = z.infer<typeof foundMessageSchema>;

/** Either a message, or the reason there is none. */
export const lookUpSchema = z.union([
  z.object({ message: foundMessageSchema }),
  z.object({ failure: z.enum(LOOK_UP_FAILURES) }),
]);
export type LookUp = z.infer<typeof lookUpSchema>;

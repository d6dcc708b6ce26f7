import { z } from 'zod';

/** Reasons why a message could not be read from its network; the console has a sentence for each. */
export const LOOK_UP_FAILURES = [
  'not_a_message',
  'no_connector',
  'no_page',
  'not_ours',
  'no_history',
  'not_found',
  'no_rights',
  'limit_reached',
  'unreachable',
] as const;
export type LookUpFailure = (typeof LOOK_UP_FAILURES)[number];

export const lookUpRequestSchema = z.strictObject({ url: z.string().trim().min(1).max(2000) });

/** A message as its network tells it. `at` in epoch milliseconds. */
const foundMessageSchema = z.object({
  text: z.string(),
  at: z.int(),
  author: z.object({ name: z.string(), url: z.string() }),
  hasMedia: z.boolean(),
});
export type FoundMessage = z.infer<typeof foundMessageSchema>;

/**
 * The message came by itself before. `number`: of its incident; null when the rules left it in the page's
 * log.
 */
const knownCopySchema = z.object({ number: z.int().nullable() });
export type KnownCopy = z.infer<typeof knownCopySchema>;

/** Either a message, or the reason there is none. */
export const lookUpSchema = z.union([
  z.object({ message: foundMessageSchema, known: knownCopySchema.optional() }),
  z.object({ failure: z.enum(LOOK_UP_FAILURES) }),
]);
export type LookUp = z.infer<typeof lookUpSchema>;

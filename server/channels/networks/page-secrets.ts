import { z } from 'zod';

/**
 * Secrets that a page needs to speak and to be believed. Never logged, never answered. A network has no use
 * for some of them.
 */
export const pageSecretsSchema = z.object({
  token: z.string(),
  readToken: z.string().nullable().default(null),
  secret: z.string(),
  confirmation: z.string().default(''),
  applicationKey: z.string().nullable().default(null),
  applicationSecret: z.string().nullable().default(null),
});
export type PageSecrets = z.infer<typeof pageSecretsSchema>;

import { z } from 'zod';

/** Where an invitation leads: the token stands behind the `#`, which no browser sends and no log keeps. */
export const INVITATION_PATH = '/invitation';

/** Days that an invitation is good for. */
export const INVITATION_DAYS = 7;

const token = z.string().regex(/^[\w-]{43}$/);

/** POST /api/v1/accounts/:id/invitation: the link's token, given this once. */
export const invitationMadeSchema = z.object({ token: z.string(), expiresAt: z.number().int() });
export type InvitationMade = z.infer<typeof invitationMadeSchema>;

/** POST /api/v1/invitation/look. Looking uses nothing up. */
export const invitationLookSchema = z.strictObject({ token });

/** Whom an invitation that is good lets in. */
export const invitationSchema = z.object({
  login: z.string(),
  displayName: z.string(),
  region: z.string(),
  expiresAt: z.number().int(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** POST /api/v1/invitation/accept: the person's own password; it uses the invitation up. */
export const invitationAcceptSchema = z.strictObject({ token, password: z.string().min(1).max(500) });
/** The login to come in by, now with that password. */
export const invitationAcceptedSchema = z.object({ login: z.string() });

import { sql } from 'kysely';
import { z } from 'zod';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { lengthTrouble, type PasswordTrouble } from '#shared/domain/password-rules.ts';
import { INVITATION_DAYS, type Invitation, type InvitationMade } from '#shared/protocol/invitation.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { actLine, refuse, type AccountAct, type AccountRefusal } from './account-refusal.ts';
import { writeAudit, type AuditOrigin } from './audit.ts';
import { isCommonPassword } from './common-password.ts';
import { hashPassword } from './password.ts';
import { endSessionsOf } from './session-store.ts';
import { hashToken, newToken } from './session-token.ts';
import { shutEntrances } from './shut-entrances.ts';

/** Reasons why a link lets nobody in: it was used, a newer one took its place, it is too old, it is none. */
export type InvitationTrouble = 'used' | 'replaced' | 'expired' | 'unknown';

const rowSchema = z.object({
  region_id: z.string(),
  region_name: z.string(),
  account_id: z.string(),
  login: z.string(),
  display_name: z.string(),
  agency: z.string().nullable(),
  disabled: z.boolean(),
  expires_at: z.int(),
  used_at: z.int().nullable(),
  replaced_at: z.int().nullable(),
});
type InvitationRow = z.infer<typeof rowSchema>;

export type Invited =
  | ({ readonly kind: 'invited' } & InvitationMade)
  | { readonly kind: 'unknown' }
  | AccountRefusal;

/**
 * Makes a link by which a person chooses a password. Until then nobody comes in by this account: its password
 * is one that nobody knows, its sessions end, earlier links are good for nothing.
 */
export async function invite(db: Database, act: AccountAct, now: Instant): Promise<Invited> {
  const { region, account, by } = act;
  if (by === account) return refuse('oneself');
  const token = newToken();
  const password_hash = await hashPassword(newToken());
  const expiresAt = now + INVITATION_DAYS * MS_PER_DAY;
  return withScope(db, { region, account }, async (tx) => {
    const endedSessions = await shutEntrances(tx, act, password_hash, now);
    if (endedSessions === null) return { kind: 'unknown' };
    const times = { created_at: now, expires_at: expiresAt };
    const values = { token_hash: hashToken(token), region_id: region, account_id: account, ...times };
    await tx.insertInto('invitation').values(values).execute();
    const detail = { account, endedSessions };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'invitation_made', detail });
    return { kind: 'invited', token, expiresAt };
  });
}

async function findRow(db: Database, token: string): Promise<InvitationRow | null> {
  const { rows } = await sql`select * from invitation_for_token(${hashToken(token)})`.execute(db);
  return rows[0] === undefined ? null : rowSchema.parse(rows[0]);
}

/** Says why a link lets nobody in; null when it does. A closed account's is as good as none. */
function troubleOf(row: InvitationRow | null, now: Instant): InvitationTrouble | null {
  if (row === null || row.disabled) return 'unknown';
  if (row.used_at !== null) return 'used';
  if (row.replaced_at !== null) return 'replaced';
  return row.expires_at <= now ? 'expired' : null;
}

/** Looks whom a link lets in, and uses nothing up; or says why it lets nobody in. */
export async function findInvitation(
  db: Database,
  token: string,
  now: Instant,
): Promise<Invitation | InvitationTrouble> {
  const row = await findRow(db, token);
  const trouble = troubleOf(row, now);
  if (row === null || trouble !== null) return trouble ?? 'unknown';
  const { login, display_name: displayName, region_name: region, expires_at: expiresAt } = row;
  return { login, displayName, region, expiresAt };
}

export type Accepted =
  | { readonly kind: 'accepted'; readonly login: string }
  | { readonly kind: 'closed'; readonly why: InvitationTrouble }
  | { readonly kind: 'refused'; readonly why: PasswordTrouble };

function passwordTrouble(row: InvitationRow, password: string): PasswordTrouble | null {
  const own = [row.login, row.display_name, row.agency ?? '', row.region_id, row.region_name];
  return lengthTrouble(password) ?? (isCommonPassword(password, own) ? 'common' : null);
}

/**
 * Sets the password of whoever has a link that is good, and uses it up: of two that come at once one is told
 * that it was used.
 */
export async function acceptInvitation(
  db: Database,
  { token, password, ...origin }: AuditOrigin & { readonly token: string; readonly password: string },
  now: Instant,
): Promise<Accepted> {
  const row = await findRow(db, token);
  const closed = troubleOf(row, now);
  if (row === null || closed !== null) return { kind: 'closed', why: closed ?? 'unknown' };
  const why = passwordTrouble(row, password);
  if (why !== null) return { kind: 'refused', why };
  const password_hash = await hashPassword(password);
  const { region_id: region, account_id: account, login } = row;
  return withScope(db, { region, account }, async (tx) => {
    const used = await tx
      .updateTable('invitation')
      .set({ used_at: now })
      .where('token_hash', '=', hashToken(token))
      .where('used_at', 'is', null)
      .where('replaced_at', 'is', null)
      .returning('account_id')
      .executeTakeFirst();
    if (used === undefined) return { kind: 'closed', why: 'used' };
    await tx
      .updateTable('account')
      .set({ password_hash, password_is_temporary: false })
      .where('region_id', '=', region)
      .where('id', '=', account)
      .execute();
    const detail = { account, endedSessions: await endSessionsOf(tx, account, null) };
    await writeAudit(tx, region, {
      ...actLine({ region, by: account, ...origin }, now),
      action: 'invitation_accepted',
      detail,
    });
    return { kind: 'accepted', login };
  });
}

import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { actLine, refuse, type AccountAct, type AccountRefusal } from './account-refusal.ts';
import { writeAudit } from './audit.ts';
import { oneTimePassword } from './one-time-password.ts';
import { hashPassword } from './password.ts';
import { shutEntrances } from './shut-entrances.ts';

export type PasswordReset =
  | { readonly kind: 'reset'; readonly password: string }
  | { readonly kind: 'unknown' }
  | AccountRefusal;

/**
 * Gives a person who cannot come in a password for one login. Their sessions end, and no workstation is known
 * any more. One's own is not reset but replaced: the session that would show it ends.
 */
export async function resetPassword(db: Database, act: AccountAct, now: Instant): Promise<PasswordReset> {
  const { region, account, by } = act;
  if (by === account) return refuse('oneself');
  const password = oneTimePassword();
  const password_hash = await hashPassword(password);
  return withScope(db, { region, account }, async (tx) => {
    const endedSessions = await shutEntrances(tx, act, password_hash, now);
    if (endedSessions === null) return { kind: 'unknown' };
    const detail = { account, endedSessions };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'password_reset', detail });
    return { kind: 'reset', password };
  });
}

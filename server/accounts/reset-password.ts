import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { writeAudit } from './audit.ts';
import { forgetDevices } from './device-store.ts';
import { oneTimePassword } from './one-time-password.ts';
import { hashPassword } from './password.ts';
import { endSessionsOf } from './session-store.ts';

/** The account that gets a new password, and by whose decision. */
export interface PasswordReset {
  readonly region: string;
  readonly account: string;
  readonly by: string;
  readonly address: string;
}

/**
 * Gives a person who cannot come in a password for one login. Their sessions end, and no workstation is known
 * any more.
 */
export async function resetPassword(db: Database, reset: PasswordReset, now: Instant): Promise<string> {
  const { region, account, by, address } = reset;
  const password = oneTimePassword();
  const password_hash = await hashPassword(password);
  await withScope(db, { region, account }, async (tx) => {
    await tx
      .updateTable('account')
      .set({ password_hash, password_is_temporary: true })
      .where('region_id', '=', region)
      .where('id', '=', account)
      .execute();
    const endedSessions = await endSessionsOf(tx, account, null);
    await forgetDevices(tx, account);
    const detail = { account, endedSessions };
    await writeAudit(tx, region, { at: now, actor: by, action: 'password_reset', address, detail });
  });
  return password;
}

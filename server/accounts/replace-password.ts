import type { Instant } from '#shared/domain/instant.ts';
import { lengthTrouble, type PasswordTrouble } from '#shared/domain/password-rules.ts';
import type { Session } from '#shared/protocol/session.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { writeAudit } from './audit.ts';
import { isCommonPassword } from './common-password.ts';
import { checkPassword } from './check-password.ts';
import { hashPassword } from './password.ts';
import { endSessionsOf } from './session-store.ts';

/** A person who sets a password of their own. */
export interface PasswordChange {
  readonly session: Session;
  /** Of the session that goes on; the person's others end. */
  readonly token: string;
  readonly current: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  readonly now: Instant;
}

export type PasswordChanged =
  | { readonly kind: 'changed'; readonly ended: number }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'refused'; readonly why: PasswordTrouble }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

/** Says why a password will not do for this person; null when it will. */
function troubleOf({ session, current, password }: PasswordChange): PasswordTrouble | null {
  const { account, region } = session;
  if (password === current) return 'same';
  const own = [account.login, account.displayName, account.agency ?? '', region.code, region.name];
  return lengthTrouble(password) ?? (isCommonPassword(password, own) ? 'common' : null);
}

async function store(db: Database, change: PasswordChange, password_hash: string): Promise<number> {
  const { session, token, address, userAgent, now } = change;
  const { account, region } = session;
  return withScope(db, { region: region.code, account: account.id }, async (tx) => {
    await tx
      .updateTable('account')
      .set({ password_hash, password_is_temporary: false })
      .where('region_id', '=', region.code)
      .where('id', '=', account.id)
      .execute();
    const ended = await endSessionsOf(tx, account.id, token);
    const detail = { endedSessions: ended };
    await writeAudit(tx, region.code, {
      at: now,
      actor: account.id,
      action: 'password_changed',
      address,
      device: userAgent,
      detail,
    });
    return ended;
  });
}

/**
 * Sets a person's own password. The current one is asked for once more and counted like a login, so that an
 * unlocked workstation is not enough; the person's other sessions end.
 */
export async function replacePassword(db: Database, change: PasswordChange): Promise<PasswordChanged> {
  const { session, current, address, now } = change;
  const { login } = session.account;
  const checked = await checkPassword(db, { login, current, address, now });
  if (checked.kind !== 'right') return checked;
  const why = troubleOf(change);
  if (why !== null) return { kind: 'refused', why };
  return { kind: 'changed', ended: await store(db, change, await hashPassword(change.password)) };
}

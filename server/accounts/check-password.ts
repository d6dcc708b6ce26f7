import type { Instant } from '#shared/domain/instant.ts';
import type { Database } from '#server/store/database.ts';
import { findAccount } from './find-account.ts';
import { countAttempt, forgiveAttempts } from './login-limit.ts';
import { verifyPassword } from './password.ts';

/** A person who gives their password once more. */
export interface PasswordGiven {
  readonly login: string;
  readonly current: string;
  readonly address: string;
  readonly now: Instant;
}

export type PasswordChecked =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

/** Checks the password of somebody who is in, counted like a login: an unlocked workstation is not enough. */
export async function checkPassword(db: Database, given: PasswordGiven): Promise<PasswordChecked> {
  const { login, current, address, now } = given;
  const source = { login, address, device: null };
  const counted = await countAttempt(db, source, now);
  if (counted.kind === 'paused') return { kind: 'rate_limited', retryAfterMs: counted.retryAfterMs };
  const account = await findAccount(db, login);
  if (!(await verifyPassword(account?.password_hash ?? null, current))) return { kind: 'wrong_password' };
  await forgiveAttempts(db, source);
  return { kind: 'right' };
}

import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Database } from '#server/store/database.ts';
import { auditAlone, type AuditSaid } from './audit.ts';
import { findDevice, rememberDevice } from './device-store.ts';
import { findAccount, type FoundAccount } from './find-account.ts';
import { countAttempt, forgiveAttempts } from './login-limit.ts';
import { verifyPassword } from './password.ts';
import { createSession, findSession } from './session-store.ts';

/** An attempt to come in. */
export interface LoginAttempt {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  /** The token of the device, where somebody has come in before; null where nobody has. */
  readonly device: string | null;
  readonly now: Instant;
}

export type OpenedSession =
  | {
      readonly kind: 'logged_in';
      readonly token: string;
      readonly session: Session;
      /** By what the device is known from now on; null where nobody need be told from others. */
      readonly device: string | null;
    }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

/** Opens a session for an account whose password was right. */
async function letIn(db: Database, account: FoundAccount, attempt: LoginAttempt): Promise<OpenedSession> {
  const { device: known, now } = attempt;
  const { region_id: region, account_id: id } = account;
  const device = await rememberDevice(db, { region, account: id }, known, now);
  const token = await createSession(db, region, id, attempt, now);
  const found = await findSession(db, token, now);
  const session = must(found.kind === 'found' ? found.session : null, 'a new session is found');
  return { kind: 'logged_in', token, session, device };
}

/** Gives what the log keeps of a name that nobody has: somebody may have typed their password there. */
const maskedLogin = (login: string): string => `${login.slice(0, 2)}… (${login.length})`;

/**
 * Lets a person in or not; every attempt that is looked at leaves a line in the audit log. An unknown name, a
 * wrong password and a closed account with a wrong password look and last the same.
 */
export async function openSession(db: Database, attempt: LoginAttempt): Promise<OpenedSession> {
  const { login, password, address, userAgent, now } = attempt;
  const account = await findAccount(db, login);
  const actor = account?.account_id ?? maskedLogin(login);
  const tell = (line: AuditSaid) =>
    auditAlone(db, account?.region_id ?? null, { at: now, actor, address, device: userAgent, ...line });
  const owner = account && { region: account.region_id, account: account.account_id };
  const device = owner === undefined ? null : await findDevice(db, owner, attempt.device, now);
  const counted = await countAttempt(db, { login, address, device }, now);
  if (counted.kind === 'paused') return { kind: 'rate_limited', retryAfterMs: counted.retryAfterMs };
  if (!(await verifyPassword(account?.password_hash ?? null, password)) || account === undefined) {
    await tell({ action: 'login_failed', detail: {} });
    const { pausedUntil } = counted;
    const seconds = Math.round((pausedUntil - now) / 1000);
    if (seconds > 0) await tell({ action: 'login_limited', detail: { seconds } });
    return { kind: 'wrong_password' };
  }
  await forgiveAttempts(db, { login, address, device });
  await tell({ action: account.disabled ? 'login_disabled' : 'login' });
  return account.disabled ? { kind: 'disabled' } : letIn(db, account, attempt);
}
